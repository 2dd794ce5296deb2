package org.kerbside.gateway.journal;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire.Contents;
import org.kerbside.gateway.model.Wire.Line;

/**
 * What is left of a point's readings in an interval: of numbers the minimum, the maximum and their
 * mean, of counters the last, of flags and states the first and each change; of all of them each
 * change of quality. Pure.
 *
 * <p>A mean of {@code n} readings stands for all of them, so that hours are made of minutes exactly
 * as they would be made of readings: a plain line beside a mean of its own interval is counted by
 * it.
 */
record Thinning(Duration interval, Set<String> counters) {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration HOUR = Duration.ofHours(1);

  // More digits say nothing, and a mean would have all of them.
  private static final MathContext DIGITS = new MathContext(9);

  /** A point's readings in one interval. */
  private record Key(String point, long interval) {}

  /** A line, and how many readings it stands for: none when a mean beside it counts it. */
  private record Weighed(Line line, long readings) {}

  static Thinning to(Instead instead, Set<String> counters) {
    return new Thinning(interval(instead), counters);
  }

  private static Duration interval(@Nullable Instead instead) {
    return switch (instead) {
      case null -> MINUTE; // Whole: there are no means.
      case MINUTE -> MINUTE;
      case HOUR, NOTHING -> HOUR;
    };
  }

  /** The lines of each point and interval, intervals in order. */
  List<List<Line>> thin(List<Contents> frames) {
    var groups = new LinkedHashMap<Key, List<Weighed>>();
    for (var frame : frames) {
      var counted = meansOf(frame);
      for (var line : frame.lines()) {
        groups
            .computeIfAbsent(key(line, interval), _ -> new ArrayList<>())
            .add(new Weighed(line, weight(line, frame, counted)));
      }
    }
    var ordered = new ArrayList<>(groups.entrySet());
    ordered.sort(Comparator.comparingLong(group -> group.getKey().interval));
    var thinned = new ArrayList<List<Line>>(ordered.size());
    for (var group : ordered) {
      thinned.add(thinned(group.getKey().point, group.getValue()));
    }
    return thinned;
  }

  /** How many readings frames were made of. */
  static long readings(List<Contents> frames) {
    long readings = 0;
    for (var frame : frames) {
      var counted = meansOf(frame);
      for (var line : frame.lines()) {
        readings += weight(line, frame, counted);
      }
    }
    return readings;
  }

  private static Set<Key> meansOf(Contents frame) {
    var means = new HashSet<Key>();
    for (var line : frame.lines()) {
      if (line.readings() > 1) {
        means.add(key(line, interval(frame.thin())));
      }
    }
    return means;
  }

  private static long weight(Line line, Contents frame, Set<Key> means) {
    boolean isCounted = line.readings() == 1 && means.contains(key(line, interval(frame.thin())));
    return isCounted ? 0 : line.readings();
  }

  private static Key key(Line line, Duration interval) {
    return new Key(line.point(), Math.floorDiv(line.at().getEpochSecond(), interval.toSeconds()));
  }

  private List<Line> thinned(String point, List<Weighed> group) {
    group.sort(Comparator.comparing(weighed -> weighed.line.at()));
    var kept = new boolean[group.size()];
    keepChanges(group, kept);
    Line mean = null;
    if (counters.contains(point)) {
      keepTotals(group, kept);
    } else {
      mean = keepExtremes(group, kept);
    }
    var lines = new ArrayList<Line>();
    for (int i = 0; i < kept.length; i++) {
      if (kept[i]) {
        lines.add(plain(group.get(i).line));
      }
    }
    if (mean != null) {
      lines.add(mean);
    }
    return lines;
  }

  private static Line plain(Line line) {
    return line.readings() == 1
        ? line
        : new Line(line.point(), line.unit(), line.at(), line.value(), line.why(), 1);
  }

  /** Changes of quality, of flags and of states. */
  private static void keepChanges(List<Weighed> group, boolean[] kept) {
    @Nullable Line before = null;
    for (int i = 0; i < kept.length; i++) {
      var line = group.get(i).line;
      if (line.readings() > 1) {
        continue;
      }
      boolean discrete = line.value() instanceof Value.Flag || line.value() instanceof Value.State;
      kept[i] =
          before == null
              ? discrete || line.why() != null
              : !Objects.equals(before.why(), line.why())
                  || (before.value() == null) != (line.value() == null)
                  || (discrete && !Objects.equals(before.value(), line.value()));
      before = line;
    }
  }

  /** The last total; where it falls, for a new meter began, the last before that too. */
  private static void keepTotals(List<Weighed> group, boolean[] kept) {
    int last = -1;
    for (int i = 0; i < kept.length; i++) {
      if (group.get(i).line.value() instanceof Value.Num(var total)) {
        if (last >= 0 && number(group, last) > total) {
          kept[last] = true;
        }
        last = i;
      }
    }
    if (last >= 0) {
      kept[last] = true;
    }
  }

  /** Marks minimum and maximum; their mean, unless they say it all. */
  private static @Nullable Line keepExtremes(List<Weighed> group, boolean[] kept) {
    int least = -1;
    int most = -1;
    long readings = 0;
    double sum = 0;
    @Nullable String why = null;
    for (int i = 0; i < kept.length; i++) {
      var line = group.get(i).line;
      if (line.value() instanceof Value.Num(var number)) {
        least = least < 0 || number < number(group, least) ? i : least;
        most = most < 0 || number > number(group, most) ? i : most;
        readings += group.get(i).readings;
        sum += number * group.get(i).readings;
        why = why == null ? line.why() : why;
      }
    }
    if (least < 0) {
      return null;
    }
    double min = number(group, least);
    double max = number(group, most);
    boolean constant = min == max;
    if (!constant || readings < 2) {
      kept[least] = true;
      kept[most] = true;
    }
    if (readings < (constant ? 2 : 3)) {
      return null;
    }
    var value = new Value.Num(constant ? min : Math.clamp(rounded(sum / readings), min, max));
    var line = group.get(least).line;
    return new Line(line.point(), line.unit(), middle(group), value, why, readings);
  }

  private static double rounded(double mean) {
    return new BigDecimal(mean).round(DIGITS).doubleValue();
  }

  private static double number(List<Weighed> group, int index) {
    return group.get(index).line.value() instanceof Value.Num(var number) ? number : Double.NaN;
  }

  private static Instant middle(List<Weighed> group) {
    long first = group.getFirst().line.at().toEpochMilli();
    long last = group.getLast().line.at().toEpochMilli();
    return Instant.ofEpochMilli(first + (last - first) / 2);
  }
}
