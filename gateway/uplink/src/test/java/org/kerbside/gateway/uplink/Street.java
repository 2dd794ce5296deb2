package org.kerbside.gateway.uplink;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.Overview;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.UplinkView;

/** A site of one bin, and the doors around the uplink. */
final class Street implements SiteView {

  static final String PREFIX = "kerbside/1/qingyang/CD-QY-0173/";

  final MemoryOutbox outbox = new MemoryOutbox();
  final List<Command> commands = new CopyOnWriteArrayList<>();
  final List<Event.Health> health = new CopyOnWriteArrayList<>();
  final List<Event.Gap> gaps = new CopyOnWriteArrayList<>();

  private final Asset bin =
      new Asset(
          "bin-2",
          new Kind(
              "bin",
              new LinkedHashMap<>(),
              List.of(),
              List.of(),
              Kind.Parent.NONE,
              Kind.Device.REQUIRED),
          "垃圾桶 2",
          null,
          List.of(Words.point(0, "bin-2", "fill", PointType.NUM, Unit.RATIO)),
          Map.of(),
          Map.of("code", "51010503005000173"));

  String id = "CD-QY-0173";
  int described = 1; // how many bins like this one the site has
  Addresses.Resolver names = InetAddress::getAllByName;
  RandomGenerator chance = new Random(1);
  LongSupplier nanos = System::nanoTime;

  private volatile Overview overview = overview(1, 0.5, List.of());

  Uplink uplink(int port, Deadlines deadlines) {
    return uplink(link("mqtt", "127.0.0.1", port), deadlines);
  }

  Uplink uplink(String scheme, int port, Deadlines deadlines) {
    return uplink(link(scheme, "127.0.0.1", port), deadlines);
  }

  /** Frees a frame by the platform's word alone. */
  Uplink patient(int port, Deadlines deadlines) {
    return uplink(link("mqtt", "127.0.0.1", port), deadlines, "platform");
  }

  Uplink uplink(Link link, Deadlines deadlines) {
    return uplink(link, deadlines, "broker");
  }

  static Link link(String scheme, String host, int port) {
    var url = "%s://%s:%d".formatted(scheme, host, port);
    return link(url, new Identity.Anonymous(), Path.of("none"));
  }

  /** With what TLS shows and trusts. */
  static Link link(String url, Identity identity, Path folder) {
    return Link.to(url, identity, folder, "kerbside", "qingyang", Duration.ZERO);
  }

  private Uplink uplink(Link link, Deadlines deadlines, String ack) {
    return new Uplink(
        site(),
        link,
        new Addresses(names),
        description(ack),
        doors(),
        chance,
        new Following(),
        deadlines);
  }

  /** Over a network of the test's own, to be stepped. */
  Uplink uplink(Network network) {
    var link = link("mqtt", "127.0.0.1", 1);
    var room =
        Room.of(
            site(), link, description("broker"), doors(), chance, new Following(), Deadlines.USUAL);
    return new Uplink(link, link.client(id), network, room);
  }

  private Description description(String ack) {
    return new Description(
        "0.1.0", 42, Collections.nCopies(described, bin), List.of(), ack, Origin.FIELD);
  }

  private Doors doors() {
    return new Doors(outbox, this, commands::add, this::tell, health::add);
  }

  /** A journal that keeps it at once. */
  private void tell(Event.Gap gap, Runnable kept) {
    gaps.add(gap);
    kept.run();
  }

  void fill(double fill) {
    overview = overview(overview.revision() + 1, fill, List.of());
  }

  /** Says its fill once more, so many milliseconds after noon. */
  void repeat(double fill, long millis) {
    overview =
        overview(overview.revision() + 1, fill, Words.at(millis), Words.at(millis), List.of());
  }

  /** Nothing was heard since noon; so many milliseconds later control says so. */
  void fallSilent(long millis) {
    var now = Words.at(millis);
    var stale = Reading.bad(bin.points().getFirst(), Reason.STALE, now, Reading.Timing.RECEIPT);
    overview =
        overview(overview.revision() + 1, new Seen(stale.point(), stale, Words.at(0), now), now);
  }

  /** It is so many milliseconds after noon; something else has changed meanwhile. */
  void pass(long millis) {
    overview = overview(overview.revision() + 1, overview.seen().getFirst(), Words.at(millis));
  }

  void overflow() {
    var alarm =
        new Alarm(
            "bin-2",
            "bin-overflow",
            "1",
            Severity.ALARM,
            Alarm.State.RAISED,
            Alarm.Latch.NONE,
            Alarm.Care.NONE,
            Words.at(0),
            Duration.ZERO,
            List.of(),
            Map.of(),
            Map.of());
    overview = overview(overview.revision() + 1, 0.96, List.of(alarm));
  }

  void shelve() {
    var act = new Act(Issuer.CREW, "crew:4711", "wind", Words.at(0), Words.at(60_000));
    var shelved = overview.alarms().getFirst().with(new Alarm.Care(null, act, null));
    overview = overview(overview.revision() + 1, 0.96, List.of(shelved));
  }

  void clear() {
    var cleared = overview.alarms().getFirst().with(Alarm.State.CLEARED);
    overview = overview(overview.revision() + 1, 0.96, List.of(cleared));
  }

  void maintain() {
    var act = new Act(Issuer.CREW, "crew:4711", "wind", Words.at(0), Words.at(60_000));
    overview =
        new Overview(
            overview.revision() + 1,
            overview.now(),
            overview.assets(),
            overview.seen(),
            overview.alarms(),
            overview.owners(),
            Map.of("bin-2", act));
  }

  void own(Owner owner) {
    overview =
        new Overview(
            overview.revision() + 1,
            overview.now(),
            overview.assets(),
            overview.seen(),
            overview.alarms(),
            Map.of(0, owner),
            overview.works());
  }

  List<Long> numbers(int from, int to) {
    return IntStream.rangeClosed(from, to).mapToObj(Long::valueOf).toList();
  }

  @Override
  public Site site() {
    return new Site(id, "青羊 173", ZoneId.of("Asia/Shanghai"), 30.6586, 104.0583);
  }

  @Override
  public Overview overview() {
    return overview;
  }

  @Override
  public UplinkView uplink() {
    return new UplinkView(UplinkView.State.DOWN, 0, 0, Instant.EPOCH, null);
  }

  @Override
  public long revision() {
    return overview.revision();
  }

  private Overview overview(long revision, double fill, List<Alarm> alarms) {
    return overview(revision, fill, Words.at(0), Words.at(0), alarms);
  }

  private Overview overview(
      long revision, double fill, Moment heard, Moment now, List<Alarm> alarms) {
    var point = bin.points().getFirst();
    var seen = new Seen(point, Words.good(point, fill, heard), heard, Words.at(0));
    return new Overview(revision, now, List.of(bin), List.of(seen), alarms, Map.of(), Map.of());
  }

  private Overview overview(long revision, Seen seen, Moment now) {
    return new Overview(revision, now, List.of(bin), List.of(seen), List.of(), Map.of(), Map.of());
  }

  /** Its moments are the overview's; it waits in real time. */
  private final class Following implements Clock {

    @Override
    public Moment now() {
      return overview.now();
    }

    @Override
    public long nanos() {
      return nanos.getAsLong();
    }

    @Override
    public Duration real(Duration site) {
      return site;
    }
  }
}
