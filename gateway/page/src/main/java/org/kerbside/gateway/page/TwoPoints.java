package org.kerbside.gateway.page;

import org.jspecify.annotations.Nullable;

/**
 * A distance sensor held against two distances that a tape tells. A straight line goes through
 * both, so the sensor's own offset and scale are out of the figure: what counts is where it says
 * empty and where it would say full.
 *
 * @param far what the tape says to the empty bin's floor, in metres
 * @param seenFar what the sensor says there
 * @param near what the tape says to something nearer
 * @param seenNear what the sensor says there
 */
record TwoPoints(double far, double seenFar, double near, double seenNear) {

  /** Nearer to each other, and the tape's own error decides (metres). */
  private static final double LEAST_APART = 0.2;

  /** What a sound sensor's scale is off by at most: more, and it sees something else. */
  private static final double MOST_SCALE = 0.25;

  /** Why the two do not do. */
  enum Trouble {
    TOO_CLOSE,
    NOT_A_LINE
  }

  /** Null when they do. */
  @Nullable Trouble trouble() {
    if (far - near < LEAST_APART) {
      return Trouble.TOO_CLOSE;
    }
    return Math.abs(scale() - 1) > MOST_SCALE ? Trouble.NOT_A_LINE : null;
  }

  /** Sensor's metres for each of the tape's. */
  double scale() {
    return (seenFar - seenNear) / (far - near);
  }

  /** What the sensor adds, at no distance at all. */
  double offset() {
    return seenNear - scale() * near;
  }

  /** What the sensor says at a distance of the tape's. */
  double seenAt(double distance) {
    return offset() + scale() * distance;
  }
}
