package org.kerbside.gateway.assets;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/**
 * The air over the site, for assets that have no thermometer of their own: the weather's, else the
 * master's, else unknown.
 */
record Sky(
    List<Point> temperatures, List<Point> humidities, List<Point> storms, List<Point> dusts) {

  /** So near to the dew point, in kelvins, a membrane may be wet. */
  static final double NEAR = 3;

  private static final double STORM = 1000; // ug/m3 of PM10

  Sky {
    temperatures = List.copyOf(temperatures);
    humidities = List.copyOf(humidities);
    storms = List.copyOf(storms);
    dusts = List.copyOf(dusts);
  }

  static Sky over(List<Asset> assets) {
    return new Sky(
        points(assets, "temperature", "weather", "master"),
        points(assets, "humidity", "weather"),
        points(assets, "storm", "weather"),
        points(assets, "pm10", "dust"));
  }

  private static List<Point> points(List<Asset> assets, String name, String... kinds) {
    return List.of(kinds).stream()
        .flatMap(kind -> assets.stream().filter(asset -> asset.kind().name().equals(kind)))
        .map(asset -> asset.point(name))
        .filter(point -> point != null)
        .toList();
  }

  /** In degrees Celsius; NaN where nobody knows it. */
  double temperature(Turn turn) {
    return first(temperatures, turn);
  }

  /** The city says so, or so much dust is in the air. */
  boolean isStorm(Turn turn) {
    for (var storm : storms) {
      var latest = turn.latest(storm);
      if (latest != null && latest.value() instanceof Value.Flag(var isStorm) && isStorm) {
        return true;
      }
    }
    return first(dusts, turn) > STORM;
  }

  /** Unknown is not near. */
  boolean isNearDew(Turn turn) {
    double air = temperature(turn);
    double humidity = first(humidities, turn);
    return air - dewPoint(air, humidity) <= NEAR;
  }

  /**
   * Where water condenses, in degrees Celsius (Magnus, over water).
   *
   * @param air in degrees Celsius
   * @param humidity relative, in percent
   */
  static double dewPoint(double air, double humidity) {
    double g = StrictMath.log(humidity / 100) + 17.62 * air / (243.12 + air);
    return 243.12 * g / (17.62 - g);
  }

  private static double first(List<Point> points, Turn turn) {
    for (var point : points) {
      double number = turn.number(point);
      if (!Double.isNaN(number)) {
        return number;
      }
    }
    return Double.NaN;
  }

  /** The thermometer of the asset itself where it has one, else the sky's. */
  double temperature(@Nullable Point own, Turn turn) {
    double number = turn.number(own);
    return Double.isNaN(number) ? temperature(turn) : number;
  }
}
