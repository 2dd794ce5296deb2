package org.kerbside.drivers.board;

import org.jspecify.annotations.Nullable;

/**
 * Counts pulses. One that comes within the dead time of the one before is the same; those that come
 * faster than the fastest that can be are bounce: not counted, and told. An adapter that was held
 * up hands over a few at once, so the pace is measured over {@value #BURST} of them. Times are
 * nanoseconds of any monotonic clock, and never go back.
 */
final class PulseCount {

  private static final int BURST = 8; // the kernel keeps 16 edges for who is late
  private static final double SLACK = 1.2; // as the counters of assets have

  /**
   * How pulses are counted.
   *
   * @param edge that counts
   * @param dead so long after an edge another is a bounce of it, ns
   * @param most pulses a second
   */
  record Treatment(Level edge, long dead, double most) {}

  private final Treatment treatment;
  private @Nullable Level raw; // as last heard
  private long last; // edge of either kind
  private boolean begun;
  private double credit = BURST;
  private long credited;
  private long count;
  private long bounced;

  PulseCount(Treatment treatment) {
    this.treatment = treatment;
  }

  /** Since the line was first open. */
  long count() {
    return count;
  }

  /** Not counted, since the line was first open: too fast. */
  long bounced() {
    return bounced;
  }

  /** As last heard; absent before the first time. */
  @Nullable Level raw() {
    return raw;
  }

  /** What the line is found at, without having been heard: no pulse. */
  void finds(Level found, long now) {
    raw = found;
    last = now;
    credited = now;
    begun = true;
  }

  /** An edge. */
  void hears(Level heard, long now) {
    raw = heard;
    boolean isBounce = begun && now - last < treatment.dead();
    last = now;
    begun = true;
    if (heard == treatment.edge() && !isBounce) {
      pulse(now);
    }
  }

  private void pulse(long now) {
    double earned = (now - credited) / 1e9 * SLACK * treatment.most();
    credit = Math.min(BURST, credit + earned);
    credited = now;
    if (credit < 1) {
      bounced++;
      return;
    }
    credit--;
    count++;
  }
}
