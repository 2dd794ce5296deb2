package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  private static final List<String> KINDS = List.of("bin", "lamp", "toilet", "stall", "zone");

  @ParameterizedTest
  @CsvSource({
    "powr, power, 1",
    "pwoer, power, 1",
    "power, power, 0",
    "'', abc, 3",
    "kitten, sitting, 3"
  })
  void countsWhatSeparatesTwoWords(String written, String meant, int distance) {
    assertThat(Nearest.distance(written, meant)).isEqualTo(distance);
    assertThat(Nearest.distance(meant, written)).isEqualTo(distance);
  }

  @ParameterizedTest
  @CsvSource({"trash, bin", "valve, zone", "lmap, lamp", "toilett, toilet", "tiolets, toilet"})
  void findsTheWordThatWasMeant(String written, String meant) {
    assertThat(Nearest.of(written, KINDS)).isEqualTo(meant);
  }

  @Test
  void guessesNothingBeyondAThirdOfTheWord() {
    assertThat(Nearest.of("manhole", KINDS)).isNull();
  }

  @Test
  void takesASynonymOnlyForAWordThatIsKnownHere() {
    assertThat(Nearest.of("trash", List.of("lamp"))).isNull();
  }

  @Test
  void namesAllWordsWhenNoneIsNear() {
    assertThat(Nearest.help("manhole", KINDS))
        .isEqualTo("known here: bin, lamp, toilet, stall, zone");
  }
}
