package org.kerbside.gateway.model;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One of the gateway's own numbers, as Prometheus takes them.
 *
 * @param name as it is scraped, with its unit and, of a counter, {@code _total}
 * @param help one sentence for people
 */
public record Metric(String name, Type type, String help, List<Figure> figures) {

  /** Whether it only grows. */
  public enum Type {
    COUNTER,
    GAUGE
  }

  /** A number, and by labels of what. */
  public record Figure(Map<String, String> labels, double number) {
    public Figure {
      labels = new TreeMap<>(labels);
    }
  }

  public Metric {
    figures = List.copyOf(figures);
  }
}
