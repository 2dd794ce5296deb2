package org.kerbside.gateway.bench;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What was published and what must arrive: every point says {@code 0.0, 0.1 … 79.9} and again, so a
 * reading that is lost, doubled or out of order shows at once. The highest value stays below the
 * limit of the site's one rule, so no alarm flaps. Each point has one sender; one thread tells of
 * arrivals.
 */
final class Street {

  /** As many as the site file that the bench starts from. */
  static final int ASSETS = 50;

  static final int POINTS = 4;

  /** How many values a point has before it begins again. */
  static final int TURN = 800;

  /** Publishing times are kept of so many readings: more than can be under way. */
  private static final int MOST_KEPT = 1 << 20;

  private final int[] published;
  private final int[] arrived;
  private final AtomicLongArray times;
  private final AtomicInteger total = new AtomicInteger();
  private volatile String problem = "";

  private final int kept; // publishing times of a point, a power of two

  /**
   * @param assets how many there are, each with {@link #POINTS} points
   */
  Street(int assets) {
    published = new int[assets * POINTS];
    arrived = new int[assets * POINTS];
    kept = Math.max(64, Integer.highestOneBit(MOST_KEPT / published.length));
    times = new AtomicLongArray(published.length * kept);
  }

  /** How many points speak or may. */
  int points() {
    return published.length;
  }

  static int index(int asset, int point) {
    return asset * POINTS + point;
  }

  /** The next value of a point in tenths, and when it is published, in nanoseconds. */
  int publish(int index, long nanos) {
    int number = published[index]++;
    times.setRelease(index * kept + number % kept, nanos);
    return number % TURN;
  }

  /** A reading is there: how long it was under way, in nanoseconds. */
  long arrive(int index, int tenths, long nanos) {
    int number = arrived[index]++;
    if (tenths != number % TURN && problem.isEmpty()) {
      problem =
          "a%d/p%d: its reading %d is %d tenths: expected %d; one is lost, doubled or out of order"
              .formatted(index / POINTS, index % POINTS, number, tenths, number % TURN);
    }
    total.incrementAndGet();
    return nanos - times.getAcquire(index * kept + number % kept);
  }

  int arrived() {
    return total.get();
  }

  /** What did not arrive as it was published; empty when all is well. */
  String problem() {
    return problem;
  }
}
