package org.kerbside.drivers.simulator;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Set;
import org.kerbside.gateway.model.Site;
import org.shredzone.commons.suncalc.SunPosition;

/**
 * Sun and weather over a site, a function of the instant. The sun is the real one; the weather is
 * that of a mild inland city, and made up.
 */
final class Climate {

  private static final double DAY = 86_400;
  private static final double FREEZING = -35; // Cel
  private static final double WET = 99; // %RH
  private static final double DARKER = 20;
  private static final double GALE = 14; // m/s
  private static final double DUST = 2000; // ug/m3

  private final Site site;
  private final Chance warmth;
  private final Chance clouds;
  private final Chance winds;
  private final Chance dusts;

  Climate(long seed, Site site) {
    this.site = site;
    this.warmth = Chance.of(seed, "", "warmth");
    this.clouds = Chance.of(seed, "", "clouds");
    this.winds = Chance.of(seed, "", "winds");
    this.dusts = Chance.of(seed, "", "dusts");
  }

  /** As it would be, but for what has struck the whole street. */
  Weather at(Instant now, Set<Fault> everywhere) {
    var fair = at(now);
    double cold = everywhere.contains(Fault.FREEZING_NIGHT) ? FREEZING : fair.temperature();
    boolean isWet = everywhere.contains(Fault.DEW);
    boolean isDusty = everywhere.contains(Fault.DUST_STORM);
    return new Weather(
        fair.elevation(),
        cold,
        isWet ? WET : fair.humidity(),
        cold < 0 ? 0 : fair.rain(),
        isDusty ? fair.lux() / DARKER : fair.lux(),
        isDusty ? GALE : fair.wind(),
        isDusty ? DUST : fair.pm10());
  }

  private Weather at(Instant now) {
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
    double wind = Math.max(0, 1.6 + 1.4 * winds.wander(now.getEpochSecond() / 7200.0));
    double pm10 = 60 + 35 * dusts.wander(now.getEpochSecond() / 14_400.0);
    return new Weather(elevation, temperature, humidity, rain, lux(elevation, cloud), wind, pm10);
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
   * @param wind in metres a second
   * @param pm10 in ug/m3
   */
  record Weather(
      double elevation,
      double temperature,
      double humidity,
      double rain,
      double lux,
      double wind,
      double pm10) {}
}
