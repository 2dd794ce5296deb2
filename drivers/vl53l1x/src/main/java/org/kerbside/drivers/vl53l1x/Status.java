package org.kerbside.drivers.vl53l1x;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Reason;

/**
 * What the chip's range status means. The register's number is the chip's own; the numbers that
 * ST's documents and our README speak of are in brackets here.
 */
final class Status {

  private static final int MASK = 0x1F;

  private Status() {}

  /** Why there is no distance; null where there is one, at (0) alone. */
  static @Nullable Reason reason(int register) {
    return switch (register & MASK) {
      case 9 -> null; // (0) range complete
      case 4 -> Reason.NO_ECHO; // (2) signal too weak
      case 6 -> Reason.NO_ECHO; // (1) sigma: too noisy to say
      case 5 -> Reason.OUT_OF_RANGE; // (4) phase: beyond what it can tell apart
      case 7 -> Reason.OUT_OF_RANGE; // (7) wrapped: a far target that looks near
      case 8 -> Reason.OUT_OF_RANGE; // (3) below its minimum
      case 23 -> Reason.NO_ECHO; // (12) no signal
      default -> Reason.DEVICE_ERROR; // (5) hardware, (9) cross-talk, (255) none, reserved
    };
  }
}
