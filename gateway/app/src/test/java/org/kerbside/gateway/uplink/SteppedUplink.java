package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.UplinkView;

/** The uplink over a simulated broker, stepped by hand. */
public final class SteppedUplink implements ProgressListener {

  /** A mailbox holds no more than this; see {@link Mailbox}. */
  private static final int MOST_SIGNALS = 1_200;

  private final Uplink uplink;

  public SteppedUplink(
      Site site,
      Link link,
      Description description,
      Doors doors,
      RandomGenerator chance,
      Clock clock,
      SimulatedBroker broker) {
    var room = Room.of(site, link, description, doors, chance, clock, Deadlines.USUAL);
    uplink = new Uplink(link, link.client(site.id()), broker, room);
  }

  /**
   * Does what is due, or takes the next signal.
   *
   * @param isDue whether it has waited for as long as it said
   * @return how long it waits at most; null when there was nothing to do
   */
  public @Nullable Duration step(Due isDue) throws InterruptedException {
    var mailbox = uplink.supervisor().mailbox();
    if (mailbox.size() > MOST_SIGNALS) {
      throw new AssertionError("%d signals wait for the uplink".formatted(mailbox.size()));
    }
    var signal = mailbox.take(Duration.ZERO);
    if (signal == null && isDue == Due.NOT_YET) {
      return null;
    }
    var wait = uplink.supervisor().step(signal);
    return wait == null ? Duration.ofDays(1) : wait;
  }

  /** Whether its wait is over. */
  public enum Due {
    NOW,
    NOT_YET
  }

  public UplinkView view() {
    return uplink.view();
  }

  /** The process is gone: so are its sockets. */
  public void vanish() {
    uplink.supervisor().end();
  }

  @Override
  public void progress(String command, Progress progress) {
    uplink.progress(command, progress);
  }

  @Override
  public void ended(Event.Result result) {
    uplink.ended(result);
  }
}
