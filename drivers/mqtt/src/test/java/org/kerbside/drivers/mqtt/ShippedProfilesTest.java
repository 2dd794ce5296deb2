package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Delivery.Sending;
import org.kerbside.drivers.api.MessageBus.Age;
import org.kerbside.drivers.api.MessageBus.Message;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** Every profile for MQTT does what its own {@code test} says. */
class ShippedProfilesTest {

  private static final Path SHIPPED = Path.of("../../config/profiles");

  private static final Map<String, Unit> UNITS =
      Map.of("distance", Unit.METRE, "temperature", Unit.CELSIUS);

  @TestFactory
  Stream<DynamicTest> eachPassesItsTest() throws IOException {
    var profiles = profiles();
    assertThat(profiles).containsKeys("json-vt.yaml", "senml-mqtt.yaml", "tasmota-plug.yaml");
    return profiles.entrySet().stream()
        .map(file -> dynamicTest(file.getKey(), () -> passes(file.getValue())));
  }

  /** What the README shows is what one may write. */
  @TestFactory
  Stream<DynamicTest> soDoThoseOfTheReadme() throws IOException {
    var fences = Files.readString(Path.of("README.md")).split("```yaml\n", -1);
    var profiles = Stream.of(fences).filter(fence -> fence.startsWith("profile: ")).toList();
    assertThat(profiles).hasSize(2);
    return profiles.stream()
        .map(fence -> fence.substring(0, fence.indexOf("```")))
        .map(yaml -> dynamicTest(yaml.lines().findFirst().orElse(""), () -> passes(yaml)));
  }

  private static Map<String, String> profiles() throws IOException {
    var profiles = new LinkedHashMap<String, String>();
    try (var files = Files.list(SHIPPED)) {
      for (var file : files.sorted().toList()) {
        String content = Files.readString(file);
        if (content.contains("driver: mqtt")) {
          profiles.put(file.getFileName().toString(), content);
        }
      }
    }
    return profiles;
  }

  private static void passes(String yaml) throws Exception {
    var mistakes = new Mistakes();
    var profile = Written.profile(yaml, mistakes);
    var read = MqttProfile.read(profile, mistakes);
    assertThat(mistakes.all()).isEmpty();
    assertThat(read).isNotNull();
    var test = profile.own().section("test");
    assertThat(test).isNotNull();
    if (read == null || test == null) {
      return;
    }
    String topic = word(test, "topic");
    var expected = expected(test);
    var specs =
        expected.entrySet().stream().map(ShippedProfilesTest::spec).toArray(PointSpec[]::new);
    var device =
        new Device(
            "field",
            address(read.sources().getLast().topic(), topic),
            Written.word("field/x"),
            Assets.asset("x", specs),
            profile);
    var inlet = new RecordingInlet();
    var arrivals = new Arrivals(new Topics(List.of(device)), inlet, () -> Instant.EPOCH);
    arrivals.take(
        new Message(
            topic, word(test, "recv").getBytes(StandardCharsets.UTF_8), Sending.FIRST, Age.LIVE),
        Receipt.NONE);
    assertThat(inlet.reports()).isEmpty();
    var got = new LinkedHashMap<String, Value>();
    for (Sample sample : inlet.samples()) {
      if (sample.value() != null) {
        got.put(sample.quantity(), sample.value());
      }
    }
    assertThat(got).isEqualTo(expected);
  }

  private static PointSpec spec(Map.Entry<String, Value> expected) {
    var unit = UNITS.getOrDefault(expected.getKey(), Unit.RATIO);
    return expected.getValue() instanceof Value.Flag
        ? Assets.flag(expected.getKey())
        : Assets.num(expected.getKey(), unit);
  }

  private static Value value(String word) {
    return word.equals("true") || word.equals("false")
        ? Value.Flag.of(word.equals("true"))
        : new Value.Num(Double.parseDouble(word));
  }

  private static Map<String, Value> expected(Section test) {
    var expected = new LinkedHashMap<String, Value>();
    var section = test.section("expect");
    if (section != null) {
      for (var entry : section.entries()) {
        if (entry.value() instanceof Node.Word(var text)) {
          expected.put(entry.key().text(), value(text.text()));
        }
      }
    }
    assertThat(expected).isNotEmpty();
    return expected;
  }

  /** What stands in a topic where the template has its place. */
  private static String address(Template template, String topic) {
    var pattern =
        Stream.of(template.toString().split("(?=\\{)|(?<=})", -1))
            .map(
                part ->
                    part.equals(Template.ADDRESS)
                        ? "(.+)"
                        : part.equals(Template.POINT) ? "[^/]+" : Pattern.quote(part))
            .collect(Collectors.joining());
    var match = Pattern.compile(pattern).matcher(topic);
    assertThat(match.matches()).as(topic).isTrue();
    return match.group(1);
  }

  private static String word(Section section, String key) {
    var text = section.text(key);
    if (text == null) {
      throw new AssertionError("test has no " + key);
    }
    return text.text();
  }
}
