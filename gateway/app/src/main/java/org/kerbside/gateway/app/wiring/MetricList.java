package org.kerbside.gateway.app.wiring;

import static org.kerbside.gateway.model.Metric.Type.COUNTER;
import static org.kerbside.gateway.model.Metric.Type.GAUGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Metric;
import org.kerbside.gateway.model.Metric.Figure;

/** Metrics on their way into one scrape, each under our prefix. */
final class MetricList {

  static final String PREFIX = "kerbside_";

  private final List<Metric> all = new ArrayList<>();

  List<Metric> all() {
    return List.copyOf(all);
  }

  void gauge(String name, String help, Number number) {
    add(name, GAUGE, help, List.of(new Figure(Map.of(), number.doubleValue())));
  }

  void counter(String name, String help, Number number) {
    add(name, COUNTER, help, List.of(new Figure(Map.of(), number.doubleValue())));
  }

  /** Of what one says by its labels alone. */
  void fact(String name, String help, Map<String, String> labels) {
    add(name, GAUGE, help, List.of(new Figure(labels, 1)));
  }

  /**
   * @param numbers by the label's value; none of them: the name is told all the same
   */
  void by(
      String name,
      Metric.Type type,
      String help,
      String label,
      Map<String, ? extends Number> numbers) {
    var figures = new ArrayList<Figure>();
    numbers.forEach(
        (value, number) -> figures.add(new Figure(Map.of(label, value), number.doubleValue())));
    add(name, type, help, figures);
  }

  void add(String name, Metric.Type type, String help, List<Figure> figures) {
    all.add(new Metric(PREFIX + name, type, help, figures));
  }
}
