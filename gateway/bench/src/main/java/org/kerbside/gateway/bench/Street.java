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

  static final int ASSETS = 50;
  static final int POINTS = 4;

  /** How many values a point has before it begins again. */
  static final int TURN = 800;

  private static final int KEPT = 4_096; // publishing times of a point, a power of two

  private final int[] published = new int[ASSETS * POINTS];
  private final int[] arrived = new int[ASSETS * POINTS];
  private final AtomicLongArray times = new AtomicLongArray(ASSETS * POINTS * KEPT);
  private final AtomicInteger total = new AtomicInteger();
  private volatile String problem = "";

  static int index(int asset, int point) {
    return asset * POINTS + point;
  }

  /** The next value of a point in tenths, and when it is published, in nanoseconds. */
  int publish(int index, long nanos) {
    int number = published[index]++;
    times.setRelease(index * KEPT + number % KEPT, nanos);
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
    return nanos - times.getAcquire(index * KEPT + number % KEPT);
  }

  int arrived() {
    return total.get();
  }

  /** What did not arrive as it was published; empty when all is well. */
  String problem() {
    return problem;
  }
}
