package org.kerbside.drivers.simulator;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/**
 * A bin under an ultrasonic sensor. It fills in bursts, more at weekends, and is emptied between 5
 * and 6 h, sometimes late or by half.
 */
final class Bin implements Body {

  private static final Duration INTERVAL = Duration.ofMinutes(10);
  private static final Duration SOONEST = Duration.ofMinutes(1);
  private static final double RISE = 0.05; // what makes it speak before its time
  private static final double OVERFLOW = 0.12 / 60; // of the bin a second
  private static final Duration LATE = Duration.ofMinutes(45); // a radio in the frost
  private static final double NEAREST = 0.03; // m, of the blind zone
  private static final double FAR = 2.6; // m, to what a bin that lies looks at
  private static final double LYING = 70; // degrees
  private static final double CHARGED = 88; // %EL
  private static final double SAGGED = 61; // %EL
  private static final double FIRE = 90; // Cel
  private static final double BURNS = 3; // as fast as it cools: to its height in 10 min
  private static final double NOISE = 0.008; // m
  private static final long NUMBERS = 1000; // a day

  private final double empty;
  private final double full;
  private final ZoneId zone;
  private final Chance life;
  private final Chance noise;
  private final Pace pace;
  private @Nullable Day today;
  private @Nullable Day yesterday;
  private double level;
  private double surplus;
  private double told;
  private double taken; // of the rubbish, by somebody between times
  private @Nullable LocalDate takenOn;
  private double fire; // Cel
  private double toldFire;
  private boolean isNews;
  private Set<Fault> state = EnumSet.noneOf(Fault.class);

  Bin(long seed, Asset asset, ZoneId zone) {
    this.empty = asset.setting("empty", 1.2);
    this.full = asset.setting("full", 0.3);
    this.zone = zone;
    this.life = Chance.of(seed, asset.id(), "life");
    this.noise = Chance.of(seed, asset.id(), "noise");
    this.pace = new Pace(Chance.of(seed, asset.id(), "pace"), 0.5);
  }

  /** From one emptying to the midnight after the next: what was left, what came. */
  private record Day(LocalDate date, Instant emptied, double left, List<Rubbish> rubbish) {

    double level(Instant now) {
      double sum = left;
      for (var bag : rubbish) {
        if (!bag.at().isAfter(now)) {
          sum += bag.share();
        }
      }
      return sum;
    }
  }

  private record Rubbish(Instant at, double share) {}

  @Override
  public void live(Scene scene, Set<Fault> faults) {
    surplus = faults.contains(Fault.BIN_OVERFLOW) ? surplus + OVERFLOW * scene.seconds() : 0;
    double rubbish = level(scene.now());
    if (faults.contains(Fault.EMPTIED) && !state.contains(Fault.EMPTIED)) {
      taken = rubbish;
      takenOn = scene.local().toLocalDate();
    }
    if (takenOn != null && hasBeenEmptied(scene.now(), takenOn)) {
      takenOn = null;
      taken = 0;
    }
    level = Math.clamp(rubbish + surplus - taken, 0, 1.02);
    double burns = faults.contains(Fault.BIN_FIRE) ? BURNS * scene.seconds() : -scene.seconds();
    fire = Math.clamp(fire + burns * FIRE / 1800, 0, FIRE);
    isNews = !faults.equals(state) || Math.abs(fire - toldFire) > 3;
    state = faults.isEmpty() ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(faults);
  }

  /** After somebody took the rubbish of a day. */
  private boolean hasBeenEmptied(Instant now, LocalDate takenThen) {
    return today != null && today.date().isAfter(takenThen) && !now.isBefore(today.emptied());
  }

  private double level(Instant now) {
    var date = now.atZone(zone).toLocalDate();
    if (today == null || yesterday == null || !today.date().equals(date)) {
      today = day(date);
      yesterday = day(date.minusDays(1));
    }
    return (now.isBefore(today.emptied()) ? yesterday : today).level(now);
  }

  /** One day's rubbish: two dozen bursts of a few bags, most of them after noon. */
  private Day day(LocalDate date) {
    long n = date.toEpochDay() * NUMBERS;
    var midnight = date.atStartOfDay(zone).toInstant();
    double when = life.even(n++) < 0.1 ? life.between(n++, 6, 9) : life.between(n++, 5, 6);
    double left = life.even(n++) < 0.1 ? life.between(n++, 0.3, 0.5) : life.between(n++, 0, 0.04);
    var emptied = midnight.plusSeconds(Math.round(when * 3600));
    double total = 0.75 * StrictMath.exp(0.25 * life.normal(n++)) * (isWeekend(date) ? 1.35 : 1);
    int bursts = 24;
    var rubbish = new ArrayList<Rubbish>();
    for (int burst = 0; burst < bursts; burst++) {
      double hour = when + (23.9 - when) * StrictMath.sqrt(life.even(1_000_000 + n + 8L * burst));
      int bags = 1 + (int) (4 * life.even(1_000_001 + n + 8L * burst));
      for (int bag = 0; bag < bags; bag++) {
        double minutes = 3 * life.even(1_000_002 + n + 8L * burst + bag);
        rubbish.add(
            new Rubbish(
                midnight.plusSeconds(Math.round(hour * 3600 + minutes * 60)),
                total / bursts / 2.5));
      }
    }
    return new Day(date, emptied, left, rubbish);
  }

  private static boolean isWeekend(LocalDate date) {
    return date.getDayOfWeek() == DayOfWeek.SATURDAY || date.getDayOfWeek() == DayOfWeek.SUNDAY;
  }

  @Override
  public List<Sample> say(Scene scene) {
    boolean moved = Math.abs(level - told) > RISE && pace.isDue(scene.now(), SOONEST);
    var interval = scene.has(Fault.FREEZING_NIGHT) ? LATE : INTERVAL;
    if (!moved && !isNews && !pace.isDue(scene.now(), interval)) {
      return List.of();
    }
    isNews = false;
    toldFire = fire;
    pace.spoken(scene.now());
    told = level;
    double outside = scene.weather().temperature();
    double sun = Math.max(0, scene.weather().lux() / 20_000);
    double inside = Rounded.to(10, Math.max(outside + sun, fire));
    return List.of(
        distance(4 * scene.second(), inside),
        Sample.of("temperature", inside, Unit.CELSIUS),
        Sample.of("tilt", state.contains(Fault.MOVED) ? LYING : 1, Unit.DEGREE),
        Sample.of("open", state.contains(Fault.LID_OPEN)),
        Sample.of("battery", scene.has(Fault.FREEZING_NIGHT) ? SAGGED : CHARGED, Unit.CHARGE));
  }

  /** The sensor reckons with sound at 20 degrees Celsius, whatever the air has. */
  private Sample distance(long n, double celsius) {
    if (state.contains(Fault.BLIND_ZONE) || state.contains(Fault.DEW)) {
      return Sample.of("distance", NEAREST, Unit.METRE).doubted(Reason.BLIND_ZONE);
    }
    if (state.contains(Fault.MOVED)) {
      return Sample.of("distance", FAR, Unit.METRE);
    }
    double luck = noise.even(n);
    if (luck < 0.01) {
      return Sample.bad("distance", Reason.NO_ECHO);
    }
    double distance = empty - level * (empty - full) + NOISE / 3 * noise.normal(n + 1);
    if (luck < 0.03) {
      distance -= noise.between(n + 1, 0.1, 0.4); // a bag hangs in the mouth
    }
    double heard = distance / StrictMath.sqrt((celsius + 273.15) / 293.15);
    return Sample.of("distance", Rounded.to(1000, Math.max(NEAREST, heard)), Unit.METRE);
  }
}
