package org.kerbside.drivers.picks;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;

/** How a source writes its time: what a number counts since 1970, or ISO 8601. */
public enum Dating {
  SECONDS(1e6),
  MILLISECONDS(1e3),
  MICROSECONDS(1),
  ISO(Double.NaN);

  private static final double LAST_MICRO = 253_402_300_799e6; // the end of the year 9999

  private final double micros;

  Dating(double micros) {
    this.micros = micros;
  }

  public static Dating of(@Nullable String word) {
    return switch (word) {
      case "ms" -> MILLISECONDS;
      case "us" -> MICROSECONDS;
      case "iso" -> ISO;
      case null, default -> SECONDS;
    };
  }

  /** Null when it is no time. */
  public @Nullable Instant time(double number) {
    double count = number * micros;
    if (!(count >= 0 && count <= LAST_MICRO)) {
      return null;
    }
    long whole = Math.round(count);
    return Instant.ofEpochSecond(whole / 1_000_000, whole % 1_000_000 * 1000);
  }

  /** Null when it is no time. A time without its offset is nobody's: it is none. */
  public @Nullable Instant time(String text) {
    try {
      return this == ISO ? OffsetDateTime.parse(text).toInstant() : null;
    } catch (DateTimeException none) {
      return null;
    }
  }
}
