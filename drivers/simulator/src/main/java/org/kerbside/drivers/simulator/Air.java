package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Unit;

/** The air of a toilet: ammonia rises with each use, falls with the fan and with cleaning. */
final class Air implements Body {

  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final double CLEAN = 60; // ug/m3
  private static final double USE = 80; // ug/m3, at once
  private static final double FAN = 720; // s until a 1/e is left
  private static final double ODOUR = 4000; // ug/m3, a half of it with the fan on
  private static final double HEATED = 14; // Cel

  private final List<Stall> stalls;
  private final @Nullable Toilet toilet;
  private final Chance noise;
  private final Pace pace;
  private double foul;

  Air(long seed, String asset, List<Stall> stalls, @Nullable Toilet toilet) {
    this.toilet = toilet;
    this.stalls = List.copyOf(stalls);
    this.noise = Chance.of(seed, asset, "noise");
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.1);
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {
    foul = faults.contains(Fault.ODOUR) ? ODOUR : 0;
  }

  @Override
  public List<Sample> say(Scene scene) {
    if (!pace.isDue(scene.now(), INTERVAL)) {
      return List.of();
    }
    pace.spoken(scene.now());
    double nh3 = ammonia(scene);
    double outside = scene.weather().temperature();
    double inside = Math.max(HEATED, 18 + 0.6 * (outside - 18));
    double drying = StrictMath.exp(-0.05 * (inside - outside));
    return List.of(
        Sample.of("nh3", Rounded.to(1, nh3 * noisy(scene, 0)), Unit.MICROGRAM),
        Sample.of("h2s", Rounded.to(10, (0.8 + nh3 / 250) * noisy(scene, 1)), Unit.MICROGRAM),
        Sample.of("temperature", Rounded.to(10, inside + 0.1 * wobble(scene, 2)), Unit.CELSIUS),
        Sample.of("humidity", Rounded.to(10, humidity(scene, drying)), Unit.HUMIDITY));
  }

  private double ammonia(Scene scene) {
    double nh3 = CLEAN;
    for (var stall : stalls) {
      for (var visit : stall.visits().around(scene.now())) {
        double ago = Duration.between(visit.from(), scene.now()).toSeconds();
        if (ago >= 0 && ago < 8 * FAN) {
          nh3 += USE * StrictMath.exp(-ago / FAN);
        }
      }
    }
    nh3 += toilet != null && toilet.isFanning() ? 0.5 * foul : foul;
    return isCleaned(scene) ? CLEAN + 0.4 * (nh3 - CLEAN) : nh3;
  }

  /** Half an hour from 6, 10, 14 and 20 h. */
  private static boolean isCleaned(Scene scene) {
    int hour = scene.local().getHour();
    return scene.local().getMinute() < 30 && (hour == 6 || hour == 10 || hour == 14 || hour == 20);
  }

  private double humidity(Scene scene, double drying) {
    return Math.clamp(scene.weather().humidity() * drying + wobble(scene, 3), 5, 100);
  }

  private double noisy(Scene scene, int quantity) {
    return 1 + 0.01 * wobble(scene, quantity);
  }

  private double wobble(Scene scene, int quantity) {
    return noise.normal(scene.second() * 4 + quantity);
  }
}
