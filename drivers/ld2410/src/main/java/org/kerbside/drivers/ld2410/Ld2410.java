package org.kerbside.drivers.ld2410;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.Line;
import org.kerbside.drivers.api.LineSettings;
import org.kerbside.drivers.api.PolledSensor;
import org.kerbside.drivers.api.Quantity;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.api.Time;
import org.kerbside.drivers.api.Window;
import org.kerbside.gateway.model.Unit;

/**
 * Hi-Link HLK-LD2410: somebody who moves or keeps still, by radar, told unasked ten times a second
 * (serial communication protocol V1.02).
 */
public final class Ld2410 implements PolledSensor {

  /** As a site names it. */
  public static final Chip.OnLine<Section> CHIP =
      new Chip.OnLine<>(LineSettings.of(256_000), Ld2410::fitting);

  private static final double LEAST_REACH = 0.2; // m; a gate at its finest
  private static final double MOST_REACH = 6.75; // m; nine gates of 0.75
  private static final int WINDOW = 2 * Telegram.LONGEST; // a whole one is always in it
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private final Line line;
  private final Time time;
  private final int reach; // cm

  /**
   * Asks nothing yet.
   *
   * @param reach in cm: who is farther away is behind a wall
   */
  Ld2410(Line line, Time time, int reach) {
    this.line = line;
    this.time = time;
    this.reach = reach;
  }

  private static Chip.@Nullable Fitting<Line> fitting(Section profile) {
    var reach = profile.has("reach") ? reach(profile) : Double.valueOf(MOST_REACH);
    return reach == null
        ? null
        : new Chip.Fitting<>(
            List.of(Quantity.state("presence", Set.of("none", "moving", "still", "both"))),
            Duration.ofSeconds(1),
            (line, time) -> new Ld2410(line, time, (int) Math.round(reach * 100)));
  }

  private static @Nullable Double reach(Section profile) {
    var reach = profile.quantity("reach", Unit.METRE);
    if (reach != null && (reach < LEAST_REACH || reach > MOST_REACH)) {
      profile
          .mistakes()
          .add(
              profile.markOf("reach"),
              "E103",
              "'reach' is out of range",
              "write %s m to %s m, as from the radar to the door"
                  .formatted(LEAST_REACH, MOST_REACH));
      return null;
    }
    return reach;
  }

  @Override
  public List<Sample> read() throws DeviceException, InterruptedException {
    var window = Window.open(line, time, PATIENCE, WINDOW);
    while (window.grow()) {
      var telegram = Telegram.first(window);
      if (telegram != null) {
        return List.of(Sample.of("presence", word(telegram)));
      }
    }
    throw window.length() == 0
        ? new NoAnswer("nothing came within %d s".formatted(PATIENCE.toSeconds()))
        : new BadTelegram(
            "no telegram in '%s': expected f4 f3 f2 f1, length, 01 or 02, aa, …, 55 00, f8 f7 f6 f5"
                .formatted(window));
  }

  private String word(Telegram telegram) {
    boolean moving = telegram.isMoving() && telegram.movingDistance() <= reach;
    boolean still = telegram.isStill() && telegram.stillDistance() <= reach;
    return moving ? still ? "both" : "moving" : still ? "still" : "none";
  }
}
