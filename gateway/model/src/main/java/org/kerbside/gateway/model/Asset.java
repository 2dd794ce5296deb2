package org.kerbside.gateway.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing the city owns. Survives a swapped sensor; has the history.
 *
 * @param id unique within the site: {@code bin-2}
 * @param name as people call it: 垃圾桶 2
 * @param points every point it may have, heard or not
 * @param settings its kind's settings in kept units, with the defaults filled in
 * @param labels what the city files it under: {@code code}, {@code grid}, {@code place}, {@code
 *     responsible}, where given
 */
public record Asset(
    String id,
    Kind kind,
    String name,
    @Nullable String parent,
    List<Point> points,
    Map<String, Value> settings,
    Map<String, String> labels) {

  public Asset {
    points = List.copyOf(points);
    settings = Map.copyOf(settings);
    labels = Map.copyOf(labels);
  }

  public @Nullable Point point(String pointName) {
    for (var point : points) {
      if (point.name().equals(pointName)) {
        return point;
      }
    }
    return null;
  }

  /** A setting's number in its kept unit, or {@code fallback} where the site says nothing. */
  public double setting(String key, double fallback) {
    return settings.get(key) instanceof Value.Num(var number) ? number : fallback;
  }
}
