package org.kerbside.gateway.desk;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/** What the desk saw last of the points that it looks at. Belongs to control's thread. */
final class Sight {

  private final Map<Point, @Nullable Reading> last = new HashMap<>();

  /** Looks at these from now on. */
  void watch(List<Point> points) {
    points.forEach(point -> last.putIfAbsent(point, null));
  }

  /** Whether it is one that the desk looks at. */
  boolean hear(Reading reading) {
    if (!last.containsKey(reading.point())) {
      return false;
    }
    last.put(reading.point(), reading);
    return true;
  }

  /** The first of these points that shows a number; null when none does. */
  @Nullable Gauge first(List<Point> points) {
    for (var point : points) {
      var reading = last.get(point);
      if (reading != null && isKnown(reading) && reading.value() instanceof Value.Num(var number)) {
        return new Gauge(point, number);
      }
    }
    return null;
  }

  /** Whether what the point shows is known, and so. */
  boolean shows(Point point, Predicate<Reading> isSo) {
    var reading = last.get(point);
    return reading != null && isKnown(reading) && isSo.test(reading);
  }

  /** A point and what it shows. */
  record Gauge(Point point, double number) {
    @Override
    public String toString() {
      return "%s %s %s".formatted(point, number, point.unit());
    }
  }

  private static boolean isKnown(Reading reading) {
    return switch (reading.quality()) {
      case Quality.Good() -> true;
      case Quality.Uncertain(var reason) -> !reason.equals(Reason.STUCK);
      case Quality.Bad(var reason) -> false;
    };
  }
}
