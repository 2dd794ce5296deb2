package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RangeTest {

  private final Mistakes mistakes = new Mistakes();

  @ParameterizedTest
  @CsvSource({
    "lamp-1..8, 8, lamp-1, lamp-8",
    "a0..49, 50, a0, a49",
    "field/a0..49, 50, field/a0, field/a49",
    "rs485-b/11..18, 8, rs485-b/11, rs485-b/18",
    "bin-08..12, 5, bin-08, bin-12",
    "51010503005000003..51010503005000004, 2, 51010503005000003, 51010503005000004",
    "x1..1, 1, x1, x1",
    "10.0.0.1..3, 3, 10.0.0.1, 10.0.0.3",
    "p1..500, 500, p1, p500",
  })
  void standsForWordsThatDifferInTheirLastNumber(
      String written, int length, String first, String last) {
    var range = Objects.requireNonNull(Range.of(Sites.word(written), mistakes));
    assertThat(range.length()).isEqualTo(length);
    assertThat(range.word(0)).isEqualTo(first);
    assertThat(range.word(length - 1)).isEqualTo(last);
  }

  @ParameterizedTest
  @ValueSource(strings = {"lamp-1", "05:00..23:00", "04-15..10-15", "a..b", "1..", "..2", "1..2 m"})
  void leavesOtherWordsAlone(String written) {
    assertThat(Range.of(Sites.word(written), mistakes)).isNull();
    assertThat(mistakes.all()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lamp-8..1", "p1..501", "p0..999999999999999999"})
  void refusesWhatRunsBackwardsOrTooFar(String written) {
    assertThat(Range.of(Sites.word(written), mistakes)).isNull();
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly("E106");
  }

  @Test
  void proposesTheRangeTheOtherWayRound() {
    Range.of(Sites.word("lamp-8..1"), mistakes);
    assertThat(mistakes.all()).extracting(Mistake::help).containsExactly("write lamp-1..8");
  }
}
