package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Sees that a bus's thread hangs in a native call that nobody can end. Runs on a thread of its own;
 * {@link #begins} and {@link #ends} are the bus's.
 */
final class Watch implements Runnable {

  private static final long IDLE = Long.MAX_VALUE;

  private final LongSupplier nanos;
  private final Duration patience;
  private final Runnable hangs;

  private volatile long since = IDLE;

  /**
   * @param patience for a call
   * @param hangs is called once for each call that takes longer, on this thread
   */
  Watch(LongSupplier nanos, Duration patience, Runnable hangs) {
    this.nanos = nanos;
    this.patience = patience;
    this.hangs = hangs;
  }

  void begins() {
    since = nanos.getAsLong();
  }

  void ends() {
    since = IDLE;
  }

  @Override
  public void run() {
    long told = IDLE;
    try {
      while (true) {
        Thread.sleep(patience.dividedBy(4));
        long now = nanos.getAsLong();
        long begun = since;
        if (begun != IDLE && begun != told && now - begun > patience.toNanos()) {
          told = begun;
          hangs.run();
        }
      }
    } catch (InterruptedException end) {
      // The bus is closed.
    }
  }
}
