package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.UplinkView;

/** How the uplink stands, for people. Written by its thread, read by any. */
final class Standing {

  private record Now(UplinkView.State state, Instant since, @Nullable String trouble) {}

  /** What became of a lane's frames. */
  private record Count(LongAdder taken, LongAdder refused) {}

  private final Map<Lane, Count> frames = new EnumMap<>(Lane.class); // never changed
  private final AtomicLong connects = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private final AtomicLong answering = new AtomicLong(); // ns
  private final Clock clock;
  private volatile Now now;

  Standing(Clock clock) {
    this.clock = clock;
    for (var lane : Lane.values()) {
      frames.put(lane, new Count(new LongAdder(), new LongAdder()));
    }
    now = new Now(UplinkView.State.DOWN, clock.now().wall(), null);
  }

  void become(UplinkView.State state) {
    if (now.state() != state) {
      if (state == UplinkView.State.CONNECTED) {
        connects.incrementAndGet();
      } else if (now.state() == UplinkView.State.CONNECTING) {
        failures.incrementAndGet();
      }
      now = new Now(state, clock.now().wall(), now.trouble());
    }
  }

  void trouble(@Nullable String trouble) {
    now = new Now(now.state(), now.since(), trouble);
  }

  /** The broker has it. */
  void frameTaken(Lane lane) {
    count(lane).taken().increment();
  }

  /** The broker, or its limit, does not want it; it may go again. */
  void frameRefused(Lane lane) {
    count(lane).refused().increment();
  }

  private Count count(Lane lane) {
    return Objects.requireNonNull(frames.get(lane));
  }

  long taken(Lane lane) {
    return count(lane).taken().sum();
  }

  long refused(Lane lane) {
    return count(lane).refused().sum();
  }

  /** A frame was under way for so long until the broker answered. */
  void answered(Duration took) {
    answering.addAndGet(took.toNanos());
  }

  Duration answering() {
    return Duration.ofNanos(answering.get());
  }

  long connects() {
    return connects.get();
  }

  /** Attempts that ended before the broker had said yes. */
  long failures() {
    return failures.get();
  }

  UplinkView view(long waiting) {
    var seen = now;
    long sent = 0;
    for (var lane : Lane.values()) {
      sent += taken(lane);
    }
    return new UplinkView(seen.state(), waiting, sent, seen.since(), seen.trouble());
  }
}
