package org.kerbside.deploy.demo;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** What the clocks of the street show when the demonstration begins. */
sealed interface Beginning {

  Instant instant(Instant now, ZoneId zone);

  /** A time of the present day. */
  record Today(LocalTime time) implements Beginning {

    @Override
    public Instant instant(Instant now, ZoneId zone) {
      return now.atZone(zone).toLocalDate().atTime(time).atZone(zone).toInstant();
    }
  }

  /** Any day, as a summer night. */
  record On(LocalDateTime time) implements Beginning {

    @Override
    public Instant instant(Instant now, ZoneId zone) {
      return time.atZone(zone).toInstant();
    }
  }

  /** {@code 07:40} or {@code 2026-07-15T02:20}. */
  final class Reader implements ITypeConverter<Beginning> {

    @Override
    public Beginning convert(String text) {
      try {
        return text.contains("T")
            ? new On(LocalDateTime.parse(text))
            : new Today(LocalTime.parse(text));
      } catch (DateTimeException none) {
        throw new TypeConversionException(
            "'%s' is no time: write 07:40 or 2026-07-15T02:20".formatted(text));
      }
    }
  }
}
