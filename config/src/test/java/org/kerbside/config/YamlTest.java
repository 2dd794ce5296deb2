package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlTest {

  @Test
  void keepsThePlaceOfEveryWordInCodePoints() {
    var text = text("a: 1\nb: { 名: 🗑x, c: word }\n", "b", "c");
    assertThat(text.mark()).isEqualTo(new Mark("test.yaml", 2, 16, 4, "b: { 名: 🗑x, c: word }"));
  }

  @Test
  void marksAQuotedWordWithItsQuotesAndEscapes() {
    var text = text("b: { c: \"a\\tb\" }", "b", "c");
    assertThat(text.text()).isEqualTo("a\tb");
    assertThat(text.mark().length()).isEqualTo(6);
    assertThat(text.style()).isEqualTo(Text.Style.QUOTED);
  }

  @Test
  void readsOnAndOffAsWords() {
    assertThat(text("b: { c: off }", "b", "c").text()).isEqualTo("off");
  }

  @Test
  void neverPrintsASecret() {
    var secret = text("b: { c: !secret mqtt }", "b", "c");
    assertThat(secret.style()).isEqualTo(Text.Style.SECRET);
    assertThat("password '%s'".formatted(secret)).isEqualTo("password '•••'");
  }

  @Test
  void endsALineWhereYamlDoes() {
    var text = text("b:\r\n  c: word\r\n", "b", "c");
    assertThat(text.mark().text()).isEqualTo("  c: word");
  }

  /** A billion laughs, a circle, and a nest: none may take time or stack. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]",
        "a: &a { b: *a }",
        "a: &a b\n<<: *a",
      })
  void followsNoAlias(String content) {
    var mistakes = new Mistakes();
    Yaml.read("test.yaml", content, mistakes);
    assertThat(mistakes.all()).isNotEmpty().allMatch(mistake -> mistake.code().equals("E007"));
  }

  @Test
  void standsAHundredThousandLevels() {
    var mistakes = new Mistakes();
    int levels = 100_000;
    Yaml.read("test.yaml", "a: " + "[".repeat(levels) + "]".repeat(levels), mistakes);
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly("E009");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "# nothing", "[]", "word", "a: b: c", "a: [", "a: \"", "\u0007", "%Y"})
  void tellsOfWhatIsNoMappingInOneMistake(String content) {
    var mistakes = new Mistakes();
    Yaml.read("test.yaml", content, mistakes);
    assertThat(mistakes.errors()).isEqualTo(1);
  }

  @Test
  void refusesMoreThanAMebibyte() {
    var mistakes = new Mistakes();
    assertThat(Yaml.read("test.yaml", "a: " + "x".repeat(1 << 20), mistakes)).isNull();
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly("E009");
  }

  private static Text text(String content, String section, String key) {
    var inner = Objects.requireNonNull(Sites.yaml(content).section(section));
    return Objects.requireNonNull(inner.text(key));
  }
}
