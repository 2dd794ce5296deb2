package org.kerbside.drivers.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.config.Device;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** Every profile for Camel does what its own {@code test} says, and every trace is as it stands. */
class ShippedProfilesTest {

  private static final Path SHIPPED = Path.of("../../config/profiles");

  @TestFactory
  Stream<DynamicTest> eachPassesItsTest() throws IOException {
    var profiles = profiles();
    assertThat(profiles).containsKeys("level-json", "level-csv");
    return profiles.entrySet().stream()
        .map(file -> dynamicTest(file.getKey(), () -> passes(file.getValue())));
  }

  /**
   * {@code @ profile}; behind {@code >} a line of the message; then a sample behind {@code =}, or
   * behind {@code !} why there is none.
   */
  @TestFactory
  Stream<DynamicTest> eachTraceIsAsItStands() throws IOException {
    try (var files = Files.list(Path.of("testdata"))) {
      return files.sorted().toList().stream()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> replay(file)));
    }
  }

  private static Map<String, String> profiles() throws IOException {
    var profiles = new LinkedHashMap<String, String>();
    try (var files = Files.list(SHIPPED)) {
      for (var file : files.sorted().toList()) {
        var content = Files.readString(file);
        if (content.contains("driver: camel")) {
          profiles.put(file.getFileName().toString().replace(".yaml", ""), content);
        }
      }
    }
    return profiles;
  }

  private static void passes(String yaml) throws Exception {
    var profile = Bench.profile(yaml);
    var test = profile.own().section("test");
    assertThat(test).isNotNull();
    var recv = test == null ? null : test.text("recv");
    if (test == null || recv == null) {
      throw new AssertionError("the profile has no test");
    }
    var expected = expected(test);
    assertThat(numbers(samples(yaml, recv.text()))).isEqualTo(expected);
  }

  private static void replay(Path trace) throws IOException {
    var profile = new ArrayList<String>();
    var message = new ArrayList<String>();
    var expected = new ArrayList<String>();
    for (var line : Files.readAllLines(trace)) {
      switch (line.charAt(0)) {
        case '@' -> profile.add(line.substring(2));
        case '>' -> message.add(line.substring(2));
        case '=', '!' -> expected.add(line);
        default -> assertThat(line).startsWith("#");
      }
    }
    var yaml = profiles().get(profile.getFirst());
    assertThat(yaml).as(profile.toString()).isNotNull();
    assertThat(said(String.valueOf(yaml), String.join("\n", message))).isEqualTo(expected);
  }

  private static List<String> said(String yaml, String message) {
    try {
      return samples(yaml, message).stream()
          .map(
              sample ->
                  "= %s %s%s"
                      .formatted(
                          sample.quantity(),
                          sample.value() instanceof Value.Num(var number) ? number : sample.value(),
                          sample.unit() == null ? "" : " " + sample.unit()))
          .toList();
    } catch (BadTelegram told) {
      return List.of("! " + told.getMessage());
    }
  }

  private static List<Sample> samples(String yaml, String message) throws BadTelegram {
    var profile = Bench.profile(yaml);
    var asset =
        Assets.asset("x", num("distance"), Assets.num("temperature", Unit.CELSIUS), num("battery"));
    var devices = new Devices(List.of(new Device("in", "x", Written.word("in/x"), asset, profile)));
    var items = Items.in(devices.format(), message.getBytes(UTF_8), Bench.NOW);
    if (!items.problems().isEmpty()) {
      throw new BadTelegram(items.problems().getFirst());
    }
    var samples = new ArrayList<Sample>();
    for (var item : items.items()) {
      samples.addAll(item.read(devices.only()).samples());
    }
    return samples;
  }

  private static PointSpec num(String name) {
    return Assets.num(name, Unit.METRE);
  }

  private static Map<String, Double> expected(Section test) {
    var expected = new LinkedHashMap<String, Double>();
    var section = test.section("expect");
    if (section != null) {
      for (var entry : section.entries()) {
        if (entry.value() instanceof Node.Word(var text)) {
          expected.put(entry.key().text(), Double.parseDouble(text.text()));
        }
      }
    }
    assertThat(expected).isNotEmpty();
    return expected;
  }

  private static Map<String, Double> numbers(List<Sample> samples) {
    var numbers = new LinkedHashMap<String, Double>();
    for (var sample : samples) {
      if (sample.value() instanceof Value.Num(var number)) {
        numbers.put(sample.quantity(), number);
      }
    }
    return numbers;
  }
}
