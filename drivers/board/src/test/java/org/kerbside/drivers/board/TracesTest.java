package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * What lines were at, and what came of it: a profile and its point, {@code <} the levels of the
 * line, {@code =} a sample, {@code !} what was refused.
 */
class TracesTest {

  private static final Path FOLDER = Path.of("testdata");
  private static final Pattern STEP = Pattern.compile("(low|high|end) ([0-9.]+)(ms|s)");

  private final Asset asset = asset();

  @TestFactory
  Stream<DynamicTest> comeToWhatTheySay() throws Exception {
    try (var files = Files.list(FOLDER)) {
      var traces = files.sorted().toList();
      assertThat(traces).hasSizeGreaterThanOrEqualTo(5);
      return traces.stream()
          .map(
              file ->
                  DynamicTest.dynamicTest(String.valueOf(file.getFileName()), () -> play(file)));
    }
  }

  private void play(Path file) throws Exception {
    var lines = Files.readAllLines(file).stream().filter(line -> !line.startsWith("#")).toList();
    var head = lines.getFirst().split(" ", 2);
    var device = Written.device("5", head[0], asset, head[1]);
    var attached = new Attachments(new Acts(), () -> 0).of(device);
    var came = new ArrayList<String>();
    for (var line : lines.subList(1, lines.size())) {
      if (line.startsWith("< ")) {
        came.addAll(play(attached, line.substring(2)));
      }
    }
    var expected = lines.stream().filter(line -> line.matches("[=!] .*")).toList();
    assertThat(came).isEqualTo(expected);
  }

  /** The first level is what the line is found at. */
  private static List<String> play(Attached attached, String steps) throws Exception {
    var hardware = new HandHardware();
    var said = new ArrayList<String>();
    try (var pins = hardware.open(new Place.Header("label"))) {
      boolean isFound = false;
      for (var written : steps.split(", ", -1)) {
        var step = STEP.matcher(written);
        assertThat(step.matches()).as(written).isTrue();
        double number = Double.parseDouble(step.group(2));
        long at = Math.round(number * (step.group(3).equals("s") ? 1e9 : 1e6));
        attached.turns(at);
        var level = step.group(1).equals("low") ? Level.LOW : Level.HIGH;
        if (!isFound) {
          hardware.changesUnheard(5, level);
          attached.open(pins, at);
          isFound = true;
        } else if (step.group(1).equals("end")) {
          attached.says(at).forEach(sample -> said.add("= " + told(sample)));
          attached.problems().forEach(problem -> said.add("! " + problem));
        } else {
          attached.hears(level, at);
        }
      }
    }
    return said;
  }

  private static String told(Sample sample) {
    var value =
        switch (sample.value()) {
          case null -> "";
          case Value.Flag(var flag) -> flag ? " on" : " off";
          case Value.Num(var number) -> " %.0f %s".formatted(number, sample.unit());
          case Value.State(var word) -> " " + word;
        };
    var doubt =
        switch (sample.quality()) {
          case Quality.Good() -> "";
          case Quality.Uncertain(var reason) -> " " + reason;
          case Quality.Bad(var reason) -> " " + reason;
        };
    return sample.quantity() + value + doubt;
  }

  private static Asset asset() {
    var plain =
        Assets.asset(
            "a",
            Assets.flag("shut"),
            Assets.flag("sos"),
            Assets.state("presence", "none", "moving"),
            Assets.num("pulses", Unit.COUNT),
            Assets.num("flow", Unit.FLOW));
    Map<String, Value> settings = new LinkedHashMap<>();
    settings.put("meter.pulses", new Value.Num(450_000)); // YF-S201: 450 a litre, 30 L/min
    settings.put("meter.most", new Value.Num(5e-4));
    return new Asset("a", plain.kind(), "a", null, plain.points(), settings, Map.of());
  }
}
