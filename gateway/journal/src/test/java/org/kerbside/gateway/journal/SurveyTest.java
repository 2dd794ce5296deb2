package org.kerbside.gateway.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kerbside.gateway.model.Stream.EVENTS;
import static org.kerbside.gateway.model.Stream.READINGS;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal looked at from outside, and one that is begun with another's memory. */
class SurveyTest {

  @TempDir Path folder;
  @TempDir Path elsewhere;

  @Test
  void tellsWhatStandsThereAndHowFarTheCityHasIt() throws Exception {
    try (var bench = new Bench(folder)) {
      bench.readings(1);
      bench.readings(1);
      bench.events("a", "b");
      bench.journal.acknowledge(READINGS, 1);
      bench.journal.persistCursors();
      FaultsTest.copy(folder, elsewhere);
      var survey = Survey.brief(elsewhere);
      assertThat(survey.epoch()).isEqualTo(bench.journal.epoch());
      assertThat(survey.strands())
          .containsExactly(
              new Survey.Strand(READINGS, 1, 2, 2, 1), new Survey.Strand(EVENTS, 1, 2, 2, 2));
      assertThat(Survey.whole(elsewhere, new PlainWire()).problems()).isEmpty();
    }
  }

  @Test
  void findsARowThatDoesNotAddUp() throws Exception {
    try (var bench = new Bench(folder)) {
      bench.readings(1);
      bench.readings(1);
      FaultsTest.copy(folder, elsewhere);
    }
    try (var connection = Database.write(elsewhere.resolve("journal.db"))) {
      Database.tell(connection, "UPDATE readings SET body = body || '1' WHERE seq = 2");
    }
    assertThat(Survey.whole(elsewhere, new PlainWire()).problems())
        .containsExactly("frame 2 of stream d does not add up");
  }

  @Test
  void aNewJournalBeginsWithAnothersMemoryAndAnEpochOfItsOwn() throws Exception {
    var memory = "what was known".getBytes(StandardCharsets.UTF_8);
    Journal.begin(folder, memory);
    assertThat(Survey.memory(folder)).isEqualTo(memory);
    assertThatThrownBy(() -> Journal.begin(folder, memory)).hasMessageContaining("there already");
    try (var bench = new Bench(folder)) {
      assertThat(bench.journal.epoch()).startsWith("Z");
      assertThat(bench.journal.remembered())
          .singleElement()
          .satisfies(left -> assertThat(left.body()).isEqualTo(memory));
    }
  }
}
