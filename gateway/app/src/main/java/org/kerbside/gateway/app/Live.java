package org.kerbside.gateway.app;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.UplinkView;

/** The site as control last left it, for the rooms that show. Control writes, anybody reads. */
final class Live implements SiteView {

  private final Site site;
  private final List<Asset> assets;
  private final State state;
  private final Clock clock;
  private final Supplier<UplinkView> uplink;
  private volatile long revision;
  private volatile List<Alarm> alarms = List.of();
  private volatile Map<Integer, Owner> owners = Map.of();
  private volatile Map<String, Act> works = Map.of();

  Live(Site site, List<Asset> assets, State state, Clock clock, Supplier<UplinkView> uplink) {
    this.site = site;
    this.assets = assets;
    this.state = state;
    this.clock = clock;
    this.uplink = uplink;
  }

  /** Whether these are the owners that were told last: a lease may end without any event. */
  boolean shows(Map<Integer, Owner> holders) {
    return owners.equals(holders);
  }

  /** On control's thread, after a turn that changed something to see. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Control is the only writer.
  void turned(List<Alarm> standing, Map<Integer, Owner> holders, Map<String, Act> workers) {
    alarms = standing;
    owners = holders;
    works = workers;
    revision++;
  }

  @Override
  public Site site() {
    return site;
  }

  @Override
  public Overview overview() {
    return new Overview(revision, clock.now(), assets, state.all(), alarms, owners, works);
  }

  @Override
  public UplinkView uplink() {
    return uplink.get();
  }

  @Override
  public long revision() {
    return revision;
  }
}
