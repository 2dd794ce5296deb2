package org.kerbside.gateway.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kerbside.gateway.model.History.Bucket;
import org.kerbside.gateway.model.History.Series;

/**
 * A point's past as lines of an SVG of {@value #WIDTH} by {@value #HEIGHT}: one run for what is
 * known without a break, a hatch for each gap. What is not known is never drawn through.
 *
 * @param runs of the mean, as {@code points} of a polyline
 * @param spreads between least and most, as {@code points} of a polygon
 * @param gaps as x and width
 * @param limits thresholds, as y
 * @param marks where an alarm was raised, as x
 * @param top what the upper edge means
 * @param bottom what the lower edge means
 */
record Chart(
    List<String> runs,
    List<String> spreads,
    List<Stretch> gaps,
    List<Limit> limits,
    List<Mark> marks,
    String top,
    String bottom,
    List<Mark> times) {

  static final int WIDTH = 600;
  static final int HEIGHT = 200;

  /** A piece of the time axis. */
  record Stretch(String x, String width) {}

  /** A threshold. */
  record Limit(String y, String label) {}

  /** Something at a time. */
  record Mark(String x, String label) {}

  Chart {
    runs = List.copyOf(runs);
    spreads = List.copyOf(spreads);
    gaps = List.copyOf(gaps);
    limits = List.copyOf(limits);
    marks = List.copyOf(marks);
    times = List.copyOf(times);
  }

  /** From the point's numbers to places on the picture. */
  record Scale(Instant from, Instant to, double low, double high) {

    String x(Instant time) {
      double share =
          Duration.between(from, time).toMillis() / (double) Duration.between(from, to).toMillis();
      return number(Math.clamp(share, 0, 1) * WIDTH);
    }

    String y(double value) {
      return number(HEIGHT - Math.clamp((value - low) / (high - low), 0, 1) * HEIGHT);
    }

    boolean shows(double value) {
      return value >= low && value <= high;
    }

    private static String number(double place) {
      var text = String.format(Locale.ROOT, "%.1f", place);
      return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }
  }

  /** What is known at a stretch: least, mean and most. */
  record Known(Instant from, double min, double mean, double max) {}

  /** A bucket's numbers, or a word's share of its known time; nothing where nothing is known. */
  static List<Known> known(Series series) {
    var known = new ArrayList<Known>();
    for (var bucket : series.buckets()) {
      var numbers = bucket.numbers();
      if (numbers != null) {
        known.add(new Known(bucket.from(), numbers.min(), numbers.mean(), numbers.max()));
      } else if (bucket.known().isPositive() && bucket.held().containsKey("true")) {
        double share = share(bucket);
        known.add(new Known(bucket.from(), share, share, share));
      } else if (bucket.known().isPositive() && bucket.held().containsKey("false")) {
        known.add(new Known(bucket.from(), 0, 0, 0));
      }
    }
    return known;
  }

  private static double share(Bucket bucket) {
    var held = bucket.held().getOrDefault("true", Duration.ZERO);
    return held.toMillis() / (double) bucket.known().toMillis();
  }

  /** Runs of what follows each other without a hole. */
  static List<List<Known>> runs(List<Known> known, Duration step) {
    var runs = new ArrayList<List<Known>>();
    Instant expected = null;
    for (var one : known) {
      if (!one.from().equals(expected)) {
        runs.add(new ArrayList<>());
      }
      runs.getLast().add(one);
      expected = one.from().plus(step);
    }
    return runs;
  }

  /** The mean's line; a bucket stands for its whole step, so the line ends where it does. */
  static String line(List<Known> run, Duration step, Scale scale) {
    var line = new StringBuilder();
    for (var one : run) {
      add(line, scale.x(one.from()), scale.y(one.mean()));
    }
    var last = run.getLast();
    add(line, scale.x(last.from().plus(step)), scale.y(last.mean()));
    return line.toString();
  }

  /** Around a run, from its least to its most and back. */
  static String spread(List<Known> run, Duration step, Scale scale) {
    var area = new StringBuilder();
    run.forEach(one -> add(area, scale.x(one.from()), scale.y(one.max())));
    var last = run.getLast();
    var end = scale.x(last.from().plus(step));
    add(area, end, scale.y(last.max()));
    add(area, end, scale.y(last.min()));
    run.reversed().forEach(one -> add(area, scale.x(one.from()), scale.y(one.min())));
    return area.toString();
  }

  /** The stretches in between, and before and after. */
  static List<Stretch> gaps(List<List<Known>> runs, Duration step, Scale scale) {
    var gaps = new ArrayList<Stretch>();
    var known = scale.from();
    for (var run : runs) {
      addGap(gaps, known, run.getFirst().from(), scale);
      known = run.getLast().from().plus(step);
    }
    addGap(gaps, known, scale.to(), scale);
    return gaps;
  }

  private static void addGap(List<Stretch> gaps, Instant from, Instant to, Scale scale) {
    if (from.isBefore(to)) {
      double width = Double.parseDouble(scale.x(to)) - Double.parseDouble(scale.x(from));
      gaps.add(new Stretch(scale.x(from), Scale.number(width)));
    }
  }

  private static void add(StringBuilder line, String x, String y) {
    if (!line.isEmpty()) {
      line.append(' ');
    }
    line.append(x).append(',').append(y);
  }
}
