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
          var sorted = all.stream().sorted().toList();
          table.append(
              "%-36s %10s %10s %10s\n"
                  .formatted(
                      name,
                      shown(sorted.getFirst()),
                      shown(sorted.get(sorted.size() / 2)),
                      shown(sorted.getLast())));
        });
    return table.toString();
  }

  private static String shown(double figure) {
    return String.format(Locale.ROOT, figure >= 100 ? "%,.0f" : "%.2f", figure);
  }
}
