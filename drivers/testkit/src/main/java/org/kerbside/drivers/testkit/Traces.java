package org.kerbside.drivers.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.PolledSensor;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Value;

/**
 * Replays the talks of a driver's folder, {@code testdata/*.trace}. Beside the talk itself ({@link
 * Trace}) a file has {@code =} a sample, {@code !} one that is bad or the whole message of a
 * refusal, {@code @} the settings in the profile's own words, {@code #} a comment. What comes after
 * {@code =} or {@code !} is the next reading.
 */
public final class Traces {

  private static final Path FOLDER = Path.of("testdata");
  private static final int DECIMALS = 4;

  private Traces() {}

  /**
   * A test a file.
   *
   * @param maker makes the sensor from the settings of the trace, which may be none
   */
  public static Stream<DynamicTest> replay(BiFunction<String, Trace, PolledSensor> maker)
      throws IOException {
    try (var files = Files.newDirectoryStream(FOLDER, "*.trace")) {
      var tests = new ArrayList<DynamicTest>();
      for (var file : files) {
        var lines = Files.readAllLines(file);
        tests.add(dynamicTest(file.getFileName().toString(), () -> replay(lines, maker)));
      }
      assertThat(tests).isNotEmpty();
      return tests.stream();
    }
  }

  private static void replay(List<String> lines, BiFunction<String, Trace, PolledSensor> maker)
      throws InterruptedException {
    var expected = lines.stream().filter(line -> line.matches("[=!].*")).toList();
    var trace = Trace.of(lines);
    var sensor = maker.apply(settings(lines), trace);
    var told = new ArrayList<String>();
    for (int reading = 0; reading < readings(lines); reading++) {
      told.addAll(told(sensor));
    }
    assertThat(told).containsExactlyElementsOf(expected);
    assertThat(trace.left()).as("what the driver did not hear").isEmpty();
  }

  private static String settings(List<String> lines) {
    return String.join(
        "\n",
        lines.stream().filter(line -> line.startsWith("@ ")).map(l -> l.substring(2)).toList());
  }

  /** How often what it tells follows what was said. */
  private static long readings(List<String> lines) {
    var marks = new StringBuilder();
    for (var line : lines) {
      marks.append(line.matches("[=!].*") ? "=" : Trace.isTalk(line) ? "<" : "");
    }
    return marks.toString().replaceAll("=+", "=").chars().filter(mark -> mark == '=').count();
  }

  /** One reading as a trace writes it. */
  public static List<String> told(PolledSensor sensor) throws InterruptedException {
    try {
      return sensor.read().stream().map(Traces::told).toList();
    } catch (DeviceException refused) {
      return List.of("! " + refused.getMessage());
    }
  }

  private static String told(Sample sample) {
    return switch (sample.quality()) {
      case Quality.Bad(var reason) -> "! %s %s".formatted(sample.quantity(), reason);
      case Quality.Uncertain(var reason) -> "%s (%s)".formatted(value(sample), reason);
      case Quality.Good() -> value(sample);
    };
  }

  private static String value(Sample sample) {
    return switch (sample.value()) {
      case null -> throw new AssertionError(sample);
      case Value.Num(var number) ->
          "= %s %s %s".formatted(sample.quantity(), rounded(number), sample.unit());
      case Value.Flag(var flag) -> "= %s %s".formatted(sample.quantity(), flag);
      case Value.State(var word) -> "= %s %s".formatted(sample.quantity(), word);
    };
  }

  private static String rounded(double number) {
    var rounded = BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_EVEN);
    return rounded.stripTrailingZeros().toPlainString();
  }
}
