package org.kerbside.drivers.lorawan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Node;
import org.kerbside.config.Section;

/** Every profile for LoRaWAN does what its own {@code test} says. */
class ShippedProfilesTest {

  @TestFactory
  Stream<DynamicTest> eachPassesItsTest() throws IOException {
    return Sites.models().stream().map(name -> dynamicTest(name, () -> passes(name)));
  }

  /** What the README shows is what one may write. */
  @TestFactory
  Stream<DynamicTest> soDoesTheOneOfTheReadme() throws IOException {
    var fences = Files.readString(Path.of("README.md")).split("```yaml\n", -1);
    var profiles = Stream.of(fences).filter(fence -> fence.startsWith("profile: ")).toList();
    assertThat(profiles).hasSize(1);
    return profiles.stream()
        .map(fence -> fence.substring(0, fence.indexOf("```")))
        .map(yaml -> dynamicTest(yaml.lines().findFirst().orElse(""), () -> run(yaml)));
  }

  private static void passes(String name) throws Exception {
    run(Files.readString(Sites.SHIPPED.resolve(name + ".yaml")));
  }

  private static void run(String yaml) throws Exception {
    var profile = Sites.profile(yaml);
    var mistakes = new Mistakes();
    var test = Sites.written(yaml, mistakes).own().section("test");
    assertThat(test).isNotNull();
    if (test == null) {
      return;
    }
    var recv = test.text("recv");
    assertThat(recv).isNotNull();
    byte[] telegram = HexFormat.of().parseHex(String.valueOf(recv).replace(" ", ""));
    var said = profile.decode(profile.port(), telegram, null);
    var got = new LinkedHashMap<String, String>();
    for (var heard : said.heard()) {
      var value = heard.sample().value();
      assertThat(value).as(Shown.line(heard)).isNotNull();
      if (value != null) {
        var place = new Channel(heard.channel(), heard.sample().quantity()).toString();
        got.put(place, Shown.value(value));
      }
    }
    assertThat(said.problems()).isEmpty();
    assertThat(got).containsAllEntriesOf(expected(test.section("expect")));
  }

  private static Map<String, String> expected(@Nullable Section section) {
    var expected = new LinkedHashMap<String, String>();
    assertThat(section).isNotNull();
    for (var entry : section == null ? List.<Section.Entry>of() : section.entries()) {
      if (entry.value() instanceof Node.Word(var text)) {
        expected.put(entry.key().text(), text.text());
      }
    }
    assertThat(expected).isNotEmpty();
    return expected;
  }
}
