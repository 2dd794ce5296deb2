package org.kerbside.drivers.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import org.kerbside.gateway.model.Site;
import org.shredzone.commons.suncalc.SunPosition;

/**
 * Sun and weather over a site, a function of the instant. The sun is the real one; the weather is
 * that of a mild inland city, and made up.
 */
final class Climate {

  private static final double DAY = 86_400;

  private final Site site;
  private final Chance warmth;
  private final Chance clouds;

  Climate(long seed, Site site) {
    this.site = site;
    this.warmth = Chance.of(seed, "", "warmth");
    this.clouds = Chance.of(seed, "", "clouds");
  }

  Weather at(Instant now) {
    double elevation =
        SunPosition.compute()
            .on(now.atZone(ZoneOffset.UTC))
            .at(site.latitude(), site.longitude())
            .execute()
            .getAltitude();
    double cloud = Math.clamp(0.5 + 0.6 * clouds.wander(now.getEpochSecond() / 10_800.0), 0, 1);
    double rain = Math.max(0, cloud - 0.9) * 40;
    double temperature = temperature(now, cloud);
    double humidity = Math.clamp(75 - 1.8 * (temperature - 15) + 20 * (cloud - 0.5), 15, 100);
    return new Weather(elevation, temperature, humidity, rain, lux(elevation, cloud));
  }

  private double temperature(Instant now, double cloud) {
    var local = now.atZone(site.zone());
    double summer = -StrictMath.cos(2 * StrictMath.PI * (local.getDayOfYear() - 20) / 365.25);
    double hemisphere = site.latitude() < 0 ? -1 : 1;
    double afternoon =
        StrictMath.cos(2 * StrictMath.PI * (local.toLocalTime().toSecondOfDay() / DAY - 15 / 24.0));
    return 16
        + 10 * summer * hemisphere
        + (5 - 3 * cloud) * afternoon
        + 3 * warmth.wander(now.getEpochSecond() / DAY);
  }

  /** Clear noon is about 100,000 lx, the end of civil twilight about 4 lx. */
  private static double lux(double elevation, double cloud) {
    double twilight = 400 * StrictMath.pow(10, Math.clamp(elevation, -18, 0) / 3);
    double day = elevation <= 0 ? 0 : StrictMath.sin(StrictMath.toRadians(elevation)) * 110_000;
    return (twilight + day) * (1 - 0.8 * cloud);
  }

  /**
   * The weather of an instant.
   *
   * @param elevation of the sun, in degrees above the horizon
   * @param temperature of the air, in degrees Celsius
   * @param humidity relative, in percent
   * @param rain in millimetres an hour
   * @param lux of the sky
   */
  record Weather(double elevation, double temperature, double humidity, double rain, double lux) {}
}
