package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;

/**
 * Whether anybody is subscribed to our frames. A broker without a subscriber acknowledges and
 * throws away; that is told once, and again at the earliest an hour later. Confined to the uplink's
 * thread.
 */
final class Audience {

  /** «No matching subscribers»: counts as success. */
  static final int NOBODY = 0x10;

  private static final Duration PAUSE = Duration.ofHours(1);

  private final Doors doors;
  private final Standing standing;
  private final Clock clock;
  private boolean absent;
  private @Nullable Long told;

  Audience(Doors doors, Standing standing, Clock clock) {
    this.doors = doors;
    this.clock = clock;
    this.standing = standing;
  }

  /** A frame was acknowledged with this reason code. */
  void heard(int code, String topic, long nanos) {
    boolean nobody = code == NOBODY;
    if (nobody == absent) {
      return;
    }
    absent = nobody;
    if (!nobody) {
      standing.trouble(null);
      return;
    }
    var says = "%s: nobody listens: the broker has no subscriber for it".formatted(topic);
    standing.trouble(says);
    if (told == null || nanos - told >= PAUSE.toNanos()) {
      told = nanos;
      doors.health().accept(new Event.Health(clock.now(), "nobody-listens", topic, List.of(says)));
    }
  }
}
