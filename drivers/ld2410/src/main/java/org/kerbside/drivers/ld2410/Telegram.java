package org.kerbside.drivers.ld2410;

import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Window;

/**
 * What the radar says, in its normal and in its engineering mode (protocol V1.02, 2.3). There is no
 * checksum: header, length, both marks and tail must all be there.
 *
 * @param targets 0 none, 1 moving, 2 still, 3 both
 * @param movingDistance in cm
 * @param stillDistance in cm
 */
record Telegram(int targets, int movingDistance, int stillDistance) {

  /** Bytes of an engineering telegram with a few that its firmware may add. */
  static final int LONGEST = 64;

  private static final int[] HEAD = {0xF4, 0xF3, 0xF2, 0xF1};
  private static final int[] TAIL = {0xF8, 0xF7, 0xF6, 0xF5};
  private static final int[] END = {0x55, 0x00};
  private static final int BEGIN = 0xAA;
  private static final int ENGINEERING = 0x01;
  private static final int NORMAL = 0x02;

  private static final int BEFORE = HEAD.length + 2; // bytes before what the length counts
  private static final int NORMAL_LENGTH = 13;
  private static final int ENGINEERING_LENGTH = 33; // and more: light, the state of its pin

  private enum Fit {
    WHOLE,
    /** What is there fits; the rest has not come. */
    PART,
    NONE
  }

  boolean isMoving() {
    return (targets & 1) != 0;
  }

  boolean isStill() {
    return (targets & 2) != 0;
  }

  /** The first that is whole, unless one before it may still become so. */
  static @Nullable Telegram first(Window window) {
    for (int start = 0; start < window.length(); start++) {
      switch (fit(window, start)) {
        case WHOLE -> {
          return new Telegram(
              window.at(start + 8), number(window, start + 9), number(window, start + 12));
        }
        case PART -> {
          return null;
        }
        case NONE -> {}
      }
    }
    return null;
  }

  private static Fit fit(Window window, int start) {
    var head = fit(window, start, HEAD);
    if (head != Fit.WHOLE || window.length() < start + BEFORE + 2) {
      return head == Fit.NONE ? Fit.NONE : Fit.PART;
    }
    int length = number(window, start + HEAD.length);
    if (!isLength(length, window.at(start + BEFORE)) || window.at(start + BEFORE + 1) != BEGIN) {
      return Fit.NONE;
    }
    int end = start + BEFORE + length;
    var tail = fit(window, end, TAIL);
    if (tail != Fit.WHOLE) {
      return tail;
    }
    boolean isMarked = fit(window, end - END.length, END) == Fit.WHOLE;
    return isMarked && window.at(start + 8) <= 3 ? Fit.WHOLE : Fit.NONE;
  }

  private static boolean isLength(int length, int mode) {
    return switch (mode) {
      case NORMAL -> length == NORMAL_LENGTH;
      case ENGINEERING -> length >= ENGINEERING_LENGTH && length <= LONGEST - BEFORE - TAIL.length;
      default -> false;
    };
  }

  private static Fit fit(Window window, int at, int[] expected) {
    for (int i = 0; i < expected.length; i++) {
      if (at + i >= window.length()) {
        return Fit.PART;
      }
      if (window.at(at + i) != expected[i]) {
        return Fit.NONE;
      }
    }
    return Fit.WHOLE;
  }

  /** Little-endian. */
  private static int number(Window window, int at) {
    return window.at(at) | window.at(at + 1) << 8;
  }
}
