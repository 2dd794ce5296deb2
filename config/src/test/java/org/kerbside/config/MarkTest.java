package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkTest {

  @Test
  void countsColumnsInCodePointsAndCaretsInDisplayColumns() {
    var mark = mark("name: 垃圾桶 🗑, empty: 120", "120");
    assertThat(mark.column()).isEqualTo(21);
    assertThat(mark.carets()).isEqualTo(" ".repeat(24) + "^^^");
  }

  @Test
  void putsTwoCaretsUnderAWideCharacter() {
    assertThat(mark("a: 路灯", "路灯").carets()).isEqualTo("   ^^^^");
  }

  @Test
  void givesCombiningCharactersNoColumn() {
    assertThat(mark("e\u0301: 1", "1").carets()).isEqualTo("   ^");
  }

  @Test
  void givesHalfWidthKatakanaOneColumn() {
    assertThat(mark("ﾊﾝ: 1", "1").carets()).isEqualTo("    ^");
  }

  @Test
  void showsOneCaretAtTheEndOfAnEmptyLine() {
    assertThat(new Mark("f", 1, 1, 1, "").carets()).isEqualTo("^");
  }

  @Test
  void staysWithinTheLine() {
    assertThat(new Mark("f", 1, 3, 9, "abcd").carets()).isEqualTo("  ^^");
  }

  @Test
  void narrowsToAPartOfTheWord() {
    var part = mark("at: rs485-b/11", "rs485-b/11").part(8, 2);
    assertThat(part.carets()).isEqualTo("            ^^");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '>',
      value = {
        "password: hunter2, x: 1 > password: •••••••, x: 1",
        "uplink.password=口令 > uplink.password=••••",
        "password: \"a b\" > password: •••••",
        "password: !secret mqtt > password: !secret mqtt",
        "url: mqtts://me:pw@host > url: mqtts://•••••@host",
        "crew: 000102030405060708090a0b0c0d0e0f000102030405060708090a0b0c0d0e0f }"
            + " > crew: •••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••••• }",
      })
  void hidesAPasswordThatStandsInTheOpen(String line, String shown) {
    assertThat(new Mark("f", 1, 1, 1, line).excerpt()).isEqualTo(shown);
  }

  private static Mark mark(String line, String word) {
    int at = line.indexOf(word);
    return new Mark(
        "f", 1, line.codePointCount(0, at) + 1, word.codePointCount(0, word.length()), line);
  }
}
