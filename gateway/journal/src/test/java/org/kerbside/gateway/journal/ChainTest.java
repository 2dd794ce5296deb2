package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Stream;

/** Audit events of a journal into whose file somebody reaches, with every sum made right again. */
class ChainTest {

  private static final String AT_THE_END =
      "the last audit event is not the one that the journal knows: it was changed, or is gone";

  @TempDir Path folder;
  @TempDir Path elsewhere;

  @Test
  void holdsOverCommitsRestartsAndOtherEvents() throws Exception {
    try (var bench = new Bench(folder)) {
      did(bench, "a", "b");
      bench.events("in between");
      bench.reopen();
      did(bench, "c");
      bench.readings(1);
      did(bench, "d");
    }
    assertThat(problems(folder)).isEmpty();
  }

  @Test
  void whatWasChangedIsFound() throws Exception {
    fourDeeds();
    try (var connection = open()) {
      body(connection, 2, text(connection, 2).replace(" b", " x"));
    }
    assertThat(problems(folder))
        .containsExactly(
            "audit event 3 does not hang on event 2: one of them was changed, or one between them is gone");
  }

  @Test
  void whatWasTakenOutIsFound() throws Exception {
    fourDeeds();
    try (var connection = open()) {
      Database.tell(connection, "DELETE FROM events WHERE seq = 3");
    }
    assertThat(problems(folder))
        .singleElement()
        .asString()
        .startsWith("audit event 4 does not hang");
  }

  @Test
  void whatWasTakenOutAtTheBeginIsFound() throws Exception {
    fourDeeds();
    try (var connection = open()) {
      body(connection, 1, "G-1 x e 1\nhealth");
    }
    assertThat(problems(folder)).singleElement().asString().contains("on the epoch's begin");
  }

  @Test
  void whatWasTakenOutOrChangedAtTheEndIsFound() throws Exception {
    fourDeeds();
    try (var connection = open()) {
      body(connection, 4, text(connection, 4).replace(" d", " x"));
    }
    assertThat(problems(folder)).containsExactly(AT_THE_END);
    try (var connection = open()) {
      Database.tell(connection, "DELETE FROM events WHERE seq = 4");
    }
    assertThat(problems(folder)).containsExactly(AT_THE_END);
    try (var connection = open()) {
      Database.tell(connection, "DELETE FROM events WHERE seq > 1");
      body(connection, 1, "G-1 x e 1\nhealth");
    }
    assertThat(problems(folder)).as("none is left").containsExactly(AT_THE_END);
  }

  @Test
  void whatChangedPlacesIsFound() throws Exception {
    fourDeeds();
    try (var connection = open()) {
      var second = text(connection, 2);
      body(connection, 2, text(connection, 3));
      body(connection, 3, second);
    }
    assertThat(problems(folder)).hasSize(3);
  }

  /** Another journal's chain is whole in itself. */
  @Test
  void whatIsOfAnotherJournalIsFound() throws Exception {
    fourDeeds();
    try (var bench = new Bench(elsewhere)) {
      did(bench, "a", "b", "c", "x");
    }
    try (var other = Database.write(elsewhere.resolve(Database.FILE));
        var connection = open()) {
      Database.meta(connection, "epoch", "ANOTHER");
      Database.meta(connection, Chain.HEAD, Chain.head(other));
      for (int seq = 1; seq <= 4; seq++) {
        body(connection, seq, text(other, seq));
      }
    }
    assertThat(problems(folder)).singleElement().asString().contains("on the epoch's begin");
  }

  @Test
  void whatTheCityHasAndWasFreedIsNotMissed() throws Exception {
    fourDeeds();
    freed(1, 2);
    assertThat(problems(folder)).isEmpty();
    try (var bench = new Bench(folder)) {
      bench.events("the last that is kept");
    }
    freed(3, 4);
    assertThat(problems(folder)).isEmpty();
    try (var bench = new Bench(folder)) {
      did(bench, "e", "f");
    }
    assertThat(problems(folder)).isEmpty();
  }

  /** The city acknowledges in whatever order: what it has not stays between what is gone. */
  @Test
  void holesThatTheCityHasAreNotMissed() throws Exception {
    fourDeeds();
    freed(2, 2);
    assertThat(problems(folder)).as("between").isEmpty();
    freed(4, 4);
    assertThat(problems(folder)).as("at the end").isEmpty();
    try (var bench = new Bench(folder)) {
      did(bench, "e", "f");
    }
    assertThat(problems(folder)).as("what follows").isEmpty();
    try (var connection = open()) {
      Database.tell(connection, "DELETE FROM events WHERE seq = 5");
    }
    assertThat(problems(folder))
        .as("one that the city has not, beside one that it has")
        .singleElement()
        .asString()
        .startsWith("audit event 6 does not hang on event 3");
  }

  /** The city has what was before: whoever takes out the rest is found. */
  @Test
  void whatTheCityHasNotIsMissedAtTheBegin() throws Exception {
    fourDeeds();
    freed(1, 1);
    try (var connection = open()) {
      Database.tell(connection, "DELETE FROM events WHERE seq = 2");
    }
    assertThat(problems(folder)).singleElement().asString().contains("on the epoch's begin");
  }

  /** The head is the chain's begin again, written down. */
  @Test
  void aFirstDeedThatWasTakenBackIsNotMissed() throws Exception {
    try (var bench = new Bench(folder)) {
      bench.journal.failAt(
          at -> {
            if (at == Fault.Step.COMMITTED) {
              throw new SQLException("planted");
            }
          });
      did(bench, "refused");
      bench.journal.failAt(Fault.NONE);
      bench.events("it keeps again");
    }
    assertThat(problems(folder)).isEmpty();
  }

  /** What was taken over hangs on the old epoch's, of which the rest may be lost. */
  @Test
  void aNewEpochBeginsAChainOfItsOwn() throws Exception {
    fourDeeds();
    Database.setAside(folder);
    try (var bench = new Bench(folder)) {
      assertThat(bench.journal.last(Stream.EVENTS)).isEqualTo(4);
      did(bench, "e", "f");
    }
    assertThat(problems(folder)).isEmpty();
    try (var connection = open()) {
      Database.tell(connection, "DELETE FROM events WHERE seq = 5");
    }
    assertThat(problems(folder)).singleElement().asString().contains("on the epoch's begin");
  }

  @Test
  void aRestoredBoardBeginsAChainOfItsOwn() throws Exception {
    Journal.begin(folder, "what was known".getBytes(UTF_8));
    try (var bench = new Bench(folder)) {
      did(bench, "a", "b");
    }
    assertThat(problems(folder)).isEmpty();
  }

  /** The next hangs on what is kept, and not on what was refused. */
  @Test
  void whatWasRefusedIsNoLink() throws Exception {
    for (var step : Fault.Step.values()) {
      var place = folder.resolve(step.name());
      try (var bench = new Bench(place)) {
        did(bench, "a");
        bench.journal.failAt(
            at -> {
              if (at == step) {
                throw new SQLException("planted");
              }
            });
        did(bench, "refused");
        bench.journal.failAt(Fault.NONE);
        bench.events("it keeps again");
      }
      assertThat(problems(place)).as(step.name()).isEmpty();
      try (var bench = new Bench(place)) {
        did(bench, "b");
      }
      assertThat(problems(place)).as(step.name()).isEmpty();
    }
  }

  private void fourDeeds() throws Exception {
    try (var bench = new Bench(folder)) {
      did(bench, "a", "b");
      did(bench, "c", "d");
    }
    assertThat(problems(folder)).isEmpty();
  }

  private static void did(Bench bench, String... subjects) {
    var events = new ArrayList<Event>();
    for (var subject : subjects) {
      events.add(new Event.Audit(bench.clock.now(), "cleaned", subject, null));
    }
    bench.journal.commit(bench.entry(List.of(), events, List.of(), List.of()));
  }

  private static List<String> problems(Path folder) throws Exception {
    return Survey.whole(folder, new PlainWire()).problems();
  }

  /** As a journal frees: both in one transaction. */
  private void freed(long first, long last) throws Exception {
    try (var connection = open()) {
      var ranges = Survey.acknowledged(connection, Stream.EVENTS);
      ranges.add(first, last);
      try (var side = new WriteSide(connection)) {
        side.begin();
        side.cursor(Stream.EVENTS, new Track.Cursor(0, ranges.text(), ""));
        side.meta("last-events", Long.toString(side.heads().events()));
        side.deleteFrames("events", new Commit.Span(first, last), Long.MAX_VALUE);
        side.commit();
      }
    }
  }

  private Connection open() throws SQLException {
    return Database.write(folder.resolve(Database.FILE));
  }

  private static String text(Connection connection, int seq) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery("SELECT body FROM events WHERE seq = " + seq)) {
      return new String(row.getBytes(1), UTF_8);
    }
  }

  /** With a sum that adds up. */
  private static void body(Connection connection, int seq, String text) throws SQLException {
    try (var update =
        connection.prepareStatement("UPDATE events SET body = ?, sum = ? WHERE seq = ?")) {
      update.setBytes(1, text.getBytes(UTF_8));
      update.setLong(2, Sum.of(seq, 0, text.getBytes(UTF_8)));
      update.setLong(3, seq);
      update.executeUpdate();
    }
  }
}
