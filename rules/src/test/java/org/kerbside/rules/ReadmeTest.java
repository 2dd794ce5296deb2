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
  void everyCallIsExplained() throws IOException {
    var text = Files.readString(README);
    assertThat(Calls.functions()).allSatisfy(call -> assertThat(text).contains("`" + call));
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
