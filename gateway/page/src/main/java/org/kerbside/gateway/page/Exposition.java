package org.kerbside.gateway.page;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kerbside.gateway.model.Metric;

/** Metrics as Prometheus' text format, version 0.0.4. Pure. */
public final class Exposition {

  static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private Exposition() {}

  /** All of them, a line each. */
  public static String of(List<Metric> metrics) {
    var text = new StringBuilder(4096);
    for (var metric : metrics) {
      text.append("# HELP ").append(metric.name()).append(' ').append(escaped(metric.help()));
      text.append("\n# TYPE ").append(metric.name()).append(' ').append(type(metric)).append('\n');
      for (var figure : metric.figures()) {
        text.append(metric.name()).append(labels(figure.labels())).append(' ');
        text.append(number(figure.number())).append('\n');
      }
    }
    return text.toString();
  }

  private static String type(Metric metric) {
    return switch (metric.type()) {
      case COUNTER -> "counter";
      case GAUGE -> "gauge";
    };
  }

  private static String labels(Map<String, String> labels) {
    return labels.isEmpty()
        ? ""
        : labels.entrySet().stream()
            .map(label -> label.getKey() + "=\"" + quoted(label.getValue()) + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }

  private static String number(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  private static String escaped(String help) {
    return help.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String quoted(String value) {
    return escaped(value).replace("\"", "\\\"");
  }
}
