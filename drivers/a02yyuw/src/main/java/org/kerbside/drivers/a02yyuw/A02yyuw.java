package org.kerbside.drivers.a02yyuw;

import java.time.Duration;
import java.util.List;
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
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/**
 * DFRobot A02YYUW: distance by sound, told unasked, telegram after telegram: {@code ff},
 * millimetres in two bytes, the sum of the three (DFRobot's wiki, SEN0311).
 */
public final class A02yyuw implements PolledSensor {

  /** As a site names it. */
  public static final Chip.OnLine<Section> CHIP = chip(9600, 4500);

  /** Its sister SEN0754 says the same, faster and farther; how far we have not seen. */
  public static final Chip.OnLine<Section> SEN0754 = chip(115_200, 8000);

  private static final int NEAREST = 30; // mm; what is nearer is told as 30 or less
  private static final int NO_OBJECT = 0xFFFD;
  private static final int INTERFERENCE = 0xFFFE; // by another one that sounds at the same time

  private static final int LENGTH = 4; // bytes of a telegram
  private static final int WINDOW = 3 * LENGTH - 1; // any so many in a row hold two whole ones
  private static final Duration PATIENCE = Duration.ofSeconds(2); // a telegram in 100 to 300 ms

  private final Line line;
  private final Time time;
  private final int farthest; // mm

  A02yyuw(Line line, Time time, int farthest) {
    this.line = line;
    this.time = time;
    this.farthest = farthest;
  }

  private static Chip.OnLine<Section> chip(int baud, int farthest) {
    var distance = List.of(Quantity.number("distance", Unit.MILLIMETRE));
    return new Chip.OnLine<>(
        LineSettings.of(baud),
        _ ->
            new Chip.Fitting<>(
                distance,
                Duration.ofSeconds(2),
                (line, time) -> new A02yyuw(line, time, farthest)));
  }

  @Override
  public List<Sample> read() throws DeviceException, InterruptedException {
    var window = Window.open(line, time, PATIENCE, WINDOW);
    while (window.grow()) {
      for (int start = 0; start + 2 * LENGTH <= window.length(); start++) {
        // One alone may be a tail and a head that happen to add up: any byte may be ff.
        if (isTelegram(window, start) && isTelegram(window, start + LENGTH)) {
          return List.of(sample(distance(window, start + LENGTH)));
        }
      }
    }
    throw window.length() == 0
        ? new NoAnswer("nothing came within %d s".formatted(PATIENCE.toSeconds()))
        : new BadTelegram(
            "no two telegrams in '%s': expected ff, distance up to %d mm, sum"
                .formatted(window, farthest));
  }

  private static Sample sample(int distance) {
    return switch (distance) {
      case NO_OBJECT -> Sample.bad("distance", Reason.NO_ECHO);
      case INTERFERENCE -> Sample.bad("distance", Reason.DEVICE_ERROR);
      default -> near(Sample.of("distance", distance, Unit.MILLIMETRE), distance);
    };
  }

  private static Sample near(Sample sample, int distance) {
    return distance <= NEAREST ? sample.doubted(Reason.BLIND_ZONE) : sample;
  }

  private boolean isTelegram(Window window, int start) {
    int distance = distance(window, start);
    int sum = 0xFF + window.at(start + 1) + window.at(start + 2);
    return window.at(start) == 0xFF
        && window.at(start + 3) == (sum & 0xFF)
        && (distance <= farthest || distance == NO_OBJECT || distance == INTERFERENCE);
  }

  private static int distance(Window window, int start) {
    return window.at(start + 1) << 8 | window.at(start + 2);
  }
}
