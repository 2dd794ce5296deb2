package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.kerbside.gateway.assets.Kinds;

/** The language on one page: what it shows is what is read. */
class ReadmeTest {

  private static final Path README = Path.of("README.md");
  private static final Pattern CONDITION = Pattern.compile("([a-z]+): (.+)");

  /** A line of an example: a kind, and a condition on it. */
  @TestFactory
  Stream<DynamicTest> everyConditionIsOne() throws IOException {
    return conditions().stream()
        .map(line -> DynamicTest.dynamicTest(line, () -> assertThat(told(line)).isEmpty()));
  }

  @Test
  void theExamplesAreFound() throws IOException {
    assertThat(conditions()).hasSizeGreaterThan(15);
  }

  /** Which is run with the other tests of the packs. */
  @Test
  void theExampleOfATestIsOneThatShips() throws IOException {
    assertThat(Files.readString(README))
        .contains(Files.readString(Path.of("packs/bin/testdata/day.yaml")));
  }

  @Test
  void theExampleOfAnAlarmIsARule() throws IOException {
    var text = Files.readString(README);
    int start = text.indexOf("rule: stall-call");
    var rule = text.substring(start, text.indexOf("```", start)).indent(6).stripLeading();
    var street = Street.whole().rules("rules:\n  - " + rule.replace("\n      ", "\n    "));
    assertThat(street.told()).isEmpty();
    assertThat(street.book().cards()).extracting(card -> card.name()).contains("stall-call");
  }

  @Test
  void everyCallIsExplained() throws IOException {
    var text = Files.readString(README);
    assertThat(Calls.functions()).allSatisfy(call -> assertThat(text).contains("`" + call));
  }

  /** The rule and the overrides that it shows, as one site. */
  @Test
  void theThresholdsAreWhatItSays() throws IOException {
    var text = Files.readString(README);
    var rule = fence(text, "rule: bin-fills");
    var site = "rules:\n  - " + rule.strip().replace("\n", "\n    ") + "\n";
    var street =
        new Street()
            .with("bin", "bin-1", null, "area", "strict")
            .with("bin", "bin-2", null, "area", "strict")
            .with("bin", "bin-3", null, "area", "normal")
            .file("rules.yaml", site)
            .file("site.yaml", fence(text, "defaults:"));
    var watches = Binding.of(street.site(), new Span.Table(), street.mistakes).watches();
    assertThat(street.mistakes.hasErrors()).as("%s", street.mistakes.all()).isFalse();
    assertThat(watches)
        .filteredOn(watch -> watch.rule().name().text().equals("bin-fills"))
        .extracting(watch -> watch.rule().parameters().get("full"))
        .extracting(full -> full == null ? Double.NaN : full.number())
        .containsExactly(.5, .6, .75);
  }

  private static String fence(String text, String first) {
    int start = text.indexOf("```yaml\n" + first) + "```yaml\n".length();
    return text.substring(start, text.indexOf("```", start));
  }

  private static List<String> conditions() throws IOException {
    var found = new ArrayList<String>();
    boolean isYaml = false;
    for (var line : Files.readAllLines(README)) {
      isYaml = line.startsWith("```") ? line.equals("```yaml") : isYaml;
      var match = CONDITION.matcher(line);
      if (isYaml && match.matches() && Kinds.TABLE.containsKey(match.group(1))) {
        found.add(line);
      }
    }
    return found;
  }

  private static List<String> told(String line) {
    var match = CONDITION.matcher(line);
    assertThat(match.matches()).isTrue();
    return Street.whole()
        .rules(
            "rules: [ { rule: r, for: %s, when: \"%s\", severity: alarm } ]"
                .formatted(match.group(1), match.group(2)))
        .told();
  }
}
