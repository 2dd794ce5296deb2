package org.kerbside.rules;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Speech;
import org.kerbside.gateway.model.Value;

/**
 * What happens in the street or in the cabinet while rules are tried.
 *
 * <p>Each is at a time since the trial's start.
 */
public sealed interface Happening {

  Duration at();

  /**
   * A device says something.
   *
   * @param value absent exactly when the quality is bad
   */
  record Heard(Duration at, Point point, @Nullable Value value, Quality quality)
      implements Happening {}

  /** The desk orders an output, or lets go of it. */
  record Told(Duration at, Point point, @Nullable Value value) implements Happening {}

  /** A device or a bus falls silent, or speaks again. */
  record Fell(Duration at, Asset asset, Speech.State state) implements Happening {}

  /** A person does something to an alarm or an asset. */
  record Acted(Duration at, Command command) implements Happening {}

  /** The process is down for so long. */
  record Down(Duration at, Duration length) implements Happening {}

  /** The wall clock jumps, forward when positive. */
  record ClockStep(Duration at, Duration by) implements Happening {}

  /** The wall clock is trusted so far from here on. */
  record ClockTrust(Duration at, ClockQuality quality) implements Happening {}

  /** Where it was written, for those that read the same file: the order of the file at one time. */
  static List<Happening> inOrder(List<Happening> happenings) {
    return happenings.stream().sorted((a, b) -> a.at().compareTo(b.at())).toList(); // stable
  }
}
