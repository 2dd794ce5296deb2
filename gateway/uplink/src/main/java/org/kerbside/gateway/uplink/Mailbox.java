package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What reaches the uplink's thread during one connection. Any thread puts, one takes. Bounded by
 * what puts: a PUBACK for each message of the window, a request for each of our receive maximum,
 * one wake-up of a kind.
 */
final class Mailbox {

  private final BlockingQueue<Signal> signals = new LinkedBlockingQueue<>();
  private final AtomicBoolean committed = new AtomicBoolean();
  private final AtomicBoolean told = new AtomicBoolean();

  void put(Signal signal) {
    signals.add(signal);
  }

  void committed() {
    if (committed.compareAndSet(false, true)) {
      signals.add(new Signal.Committed());
    }
  }

  void told() {
    if (told.compareAndSet(false, true)) {
      signals.add(new Signal.Told());
    }
  }

  int size() {
    return signals.size();
  }

  @Nullable Signal take(Duration most) throws InterruptedException {
    var signal = signals.poll(Math.max(0, most.toNanos()), TimeUnit.NANOSECONDS);
    // Cleared before the outbox is asked: what is committed from now on wakes again.
    switch (signal) {
      case Signal.Committed() -> committed.set(false);
      case Signal.Told() -> told.set(false);
      case null -> {}
      case Signal.Stop stop -> {}
      case Signal.Renewed renewed -> {}
      case Signal.Connected connected -> {}
      case Signal.Subscribed subscribed -> {}
      case Signal.Acknowledged acknowledged -> {}
      case Signal.Arrived arrived -> {}
      case Signal.Lost lost -> {}
    }
    return signal;
  }
}
