package org.kerbside.rules;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/**
 * Lamps by sun and clock, and by a photocell that may only add light.
 *
 * @param withoutClock what the lamps do while neither time nor light is known
 * @param darkBelow lx; absent without a photocell
 */
record Lighting(
    String name, Nights nights, Value withoutClock, @Nullable Double darkBelow, List<Place> places)
    implements Programme {

  Lighting {
    places = List.copyOf(places);
  }

  /** Lamps in the sight of the same light sensors, the best first. */
  record Place(List<Point> outputs, List<Point> sensors) {
    Place {
      outputs = List.copyOf(outputs);
      sensors = List.copyOf(sensors);
    }
  }

  @Override
  public List<Point> outputs() {
    return places.stream().flatMap(place -> place.outputs().stream()).toList();
  }

  @Override
  public Course start() {
    return new LightCourse(this);
  }
}
