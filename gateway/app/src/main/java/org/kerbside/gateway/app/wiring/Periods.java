package org.kerbside.gateway.app.wiring;

import java.time.Duration;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Quantities;
import org.kerbside.config.Text;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.model.Unit;

/** Periods as people type them behind an option: {@code --for 10min}. */
final class Periods {

  private Periods() {}

  /** More than nothing, and at most the longest; else what is wrong. */
  static Duration read(String option, String typed, Duration longest) throws CommandException {
    var text = new Text(typed, Mark.of(option, typed), Text.Style.PLAIN);
    Double seconds = Quantities.read(text, Unit.SECOND, new Mistakes());
    if (seconds == null || seconds <= 0 || seconds > longest.toSeconds()) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "'%s' is no span of time up to %s".formatted(typed, text(longest)),
          "write %s 10min or %s 2h".formatted(option, option));
    }
    return Duration.ofMillis(Math.round(seconds * 1000));
  }

  /** As people write it: {@code 5 min}, {@code 90 s}. */
  static String text(Duration period) {
    long seconds = period.toSeconds();
    if (seconds % 86_400 == 0) {
      return "%d d".formatted(period.toDays());
    }
    if (seconds % 3_600 == 0) {
      return "%d h".formatted(period.toHours());
    }
    return seconds % 60 == 0 ? "%d min".formatted(period.toMinutes()) : "%d s".formatted(seconds);
  }
}
