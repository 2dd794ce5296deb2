package org.kerbside.gateway.bench;

import java.util.Arrays;

/** Every latency of a run, in nanoseconds; beyond its room none is kept. Thread-safe. */
final class Latencies {

  private final long[] nanos;
  private int count;

  Latencies(int room) {
    nanos = new long[room];
  }

  synchronized void add(long latency) {
    if (count < nanos.length) {
      nanos[count++] = latency;
    }
  }

  synchronized int count() {
    return count;
  }

  /** Forgets what came so far: the warm-up. */
  synchronized void clear() {
    count = 0;
  }

  /** In milliseconds, by nearest rank. */
  synchronized double percentile(double percent) {
    if (count == 0) {
      return Double.NaN;
    }
    var sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return sorted[(int) Math.max(0, Math.ceil(percent / 100 * count) - 1)] / 1e6;
  }
}
