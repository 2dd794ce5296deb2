package org.kerbside.gateway.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures of several runs: each run's as they come, then lowest, median and highest. */
final class Figures {

  private final Map<String, List<Double>> runs = new LinkedHashMap<>();

  void add(String name, double figure) {
    runs.computeIfAbsent(name, none -> new ArrayList<>()).add(figure);
  }

  /** Takes over what others have found of one. */
  void take(Figures others, String name) {
    others.runs.getOrDefault(name, List.of()).forEach(figure -> add(name, figure));
  }

  double median(String name) {
    var sorted = sorted(name);
    return sorted.get(sorted.size() / 2);
  }

  /** Median, lowest and highest. */
  String spread(String name) {
    var sorted = sorted(name);
    return "%10s (%s–%s)"
        .formatted(shown(median(name)), shown(sorted.getFirst()), shown(sorted.getLast()));
  }

  private List<Double> sorted(String name) {
    return runs.getOrDefault(name, List.of(Double.NaN)).stream().sorted().toList();
  }

  /** The newest of each. */
  String last() {
    var line = new StringBuilder();
    runs.forEach((name, all) -> line.append("  %s %s".formatted(name, shown(all.getLast()))));
    return line.toString();
  }

  @Override
  public String toString() {
    var table = new StringBuilder("%-36s %10s %10s %10s\n".formatted("", "min", "median", "max"));
    runs.forEach(
        (name, all) -> {
          var sorted = sorted(name);
          table.append(
              "%-36s %10s %10s %10s\n"
                  .formatted(
                      name,
                      shown(sorted.getFirst()),
                      shown(median(name)),
                      shown(sorted.getLast())));
        });
    return table.toString();
  }

  private static String shown(double figure) {
    return String.format(Locale.ROOT, figure >= 100 ? "%,.0f" : "%.2f", figure);
  }
}
