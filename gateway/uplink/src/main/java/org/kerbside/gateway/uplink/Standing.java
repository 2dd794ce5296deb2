package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.UplinkView;

/** How the uplink stands, for people. Written by its thread, read by any. */
final class Standing {

  private record Now(UplinkView.State state, Instant since, @Nullable String trouble) {}

  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong connects = new AtomicLong();
  private final AtomicLong answering = new AtomicLong(); // ns
  private final Clock clock;
  private volatile Now now;

  Standing(Clock clock) {
    this.clock = clock;
    now = new Now(UplinkView.State.DOWN, clock.now().wall(), null);
  }

  void become(UplinkView.State state) {
    if (now.state() != state) {
      if (state == UplinkView.State.CONNECTED) {
        connects.incrementAndGet();
      }
      now = new Now(state, clock.now().wall(), now.trouble());
    }
  }

  void trouble(@Nullable String trouble) {
    now = new Now(now.state(), now.since(), trouble);
  }

  void frameSent() {
    sent.incrementAndGet();
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

  UplinkView view(long waiting) {
    var seen = now;
    return new UplinkView(seen.state(), waiting, sent.get(), seen.since(), seen.trouble());
  }
}
