package org.kerbside.gateway.bench;

import java.util.function.IntSupplier;

/** How many readings may be published now. Thread-safe. */
sealed interface Pace {

  /** Takes up to {@code most}; zero: not now. */
  int take(int most);

  boolean isOver();

  /** As many as arrive: at most {@code ahead} are under way, so that no broker becomes a store. */
  final class Saturation implements Pace {

    private final int total;
    private final int ahead;
    private final IntSupplier arrived;
    private int taken;

    Saturation(int total, int ahead, IntSupplier arrived) {
      this.total = total;
      this.ahead = ahead;
      this.arrived = arrived;
    }

    @Override
    public synchronized int take(int most) {
      int room = Math.min(total - taken, ahead - (taken - arrived.getAsInt()));
      int now = Math.max(0, Math.min(most, room));
      taken += now;
      return now;
    }

    @Override
    public synchronized boolean isOver() {
      return taken >= total;
    }
  }

  /** So many a second, one by one, from now on. */
  final class Steady implements Pace {

    private final int total;
    private final double everyNanos;
    private final long start = System.nanoTime();
    private int taken;

    Steady(int total, int rate) {
      this.total = total;
      everyNanos = 1e9 / rate;
    }

    @Override
    public synchronized int take(int most) {
      long due = (long) ((System.nanoTime() - start) / everyNanos) + 1;
      int now = (int) Math.max(0, Math.min(most, Math.min(total, due) - taken));
      taken += now;
      return now;
    }

    @Override
    public synchronized boolean isOver() {
      return taken >= total;
    }
  }
}
