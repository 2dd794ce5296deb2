package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.gateway.desk.Desk;
import org.kerbside.gateway.journal.Commit;
import org.kerbside.gateway.journal.Entry;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** Control and writer on a real journal, which another connection keeps from committing. */
@Timeout(60)
class PipelineTest {

  private static final int MANY = 2_000;
  private static final Pattern LOST = Pattern.compile("\"reason\":\"intake\".*\"readings\":(\\d+)");

  @TempDir private Path data;

  @Test
  void whatARefusedCommitHeldIsKeptInOrderAndAcknowledgedLate() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1))) {
      var other = cabinet.seize();
      var first = cabinet.says("a1", p("p0", 1));
      awaitRefusal(cabinet);
      var second = cabinet.says("a1", p("p0", 2));
      var inside = cabinet.says("a1", p("p0", 2));
      awaitTaken(cabinet);

      assertThat(first.heard() + second.heard() + inside.heard())
          .isEqualTo("nothingnothingnothing");
      other.close();
      Await.until("all are acknowledged", () -> inside.heard().equals("kept"));
      assertThat(first.heard() + second.heard()).isEqualTo("keptkept");
      assertThat(cabinet.kept("a1/p0")).containsExactly(1.0, 2.0);
    }
  }

  @Test
  void rulesMoveThoughTheJournalRefuses() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1));
        var _ = cabinet.seize()) {
      var sender = cabinet.says("lamp-1", Sample.of("power", 150, Unit.WATT));

      Await.until("the lamp is dimmed", () -> cabinet.moves.toString().contains("Num[number=0.3]"));
      assertThat(sender.heard()).isEqualTo("nothing");
      assertThat(cabinet.text(Stream.EVENTS)).doesNotContain("too-much");
    }
  }

  /** So the cabinet's button counts, on a day when the disk is full. */
  @Test
  void whatIsHeardIsToldThoughTheJournalRefuses() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1));
        var _ = cabinet.seize()) {
      var sender = cabinet.says("a1", p("p0", 1));
      Await.until(
          "it is told",
          () -> cabinet.heard.stream().anyMatch(r -> r.point().toString().equals("a1/p0")));
      assertThat(sender.heard()).isEqualTo("nothing");
    }
  }

  @Test
  void aCommandIsDurableBeforeItMovesAndItsOutcomeBeforeItIsTold() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1))) {
      cabinet.asks("1", "lamp-1/dim", .6);
      Await.until("it runs", () -> cabinet.told.contains("1 running"));
      assertThat(cabinet.moves).contains("lamp-1/dim Num[number=0.6] durable");

      cabinet.says("lamp-1", Sample.of("dim", .6, Unit.RATIO));
      Await.until("it is done", () -> cabinet.told.size() == 3);
      assertThat(cabinet.told)
          .containsExactly("1 accepted", "1 running", "1 Done[observed=Num[number=0.6]]");
      assertThat(cabinet.journal.commands(Duration.ofMinutes(1)))
          .singleElement()
          .satisfies(known -> assertThat(known.outcome()).isNotNull());
    }
  }

  /** The desk has forgotten it under the flood that came after it; the journal has not. */
  @Test
  void aCommandThatIsRepeatedAfterAFloodMovesNothing() throws Exception {
    var clock = new FastClock(Instant.now(), 1);
    var first = Cabinet.command("1", "lamp-1/dim", .6);
    try (var journal = HandSite.journal(data, clock)) {
      var flood =
          IntStream.range(0, Desk.MOST_KNOWN)
              .mapToObj(i -> Cabinet.command("flood " + i, "lamp-1/dim", .1))
              .toList();
      var done = new Event.Result(clock.now(), "1", new Outcome.Done(new Value.Num(.6)));
      keep(journal, new Entry(clock.now(), List.of(), List.of(done), List.of(first), List.of()));
      keep(journal, new Entry(clock.now(), List.of(), List.of(), flood, List.of()));
    }
    try (var cabinet = new Cabinet(data, clock)) {
      cabinet.asks(first);
      Await.until(
          "it is told again", () -> cabinet.told.contains("1 Done[observed=Num[number=0.6]]"));
      cabinet.asks("2", "lamp-1/dim", .7);
      Await.until("another runs", () -> cabinet.told.contains("2 running"));
      assertThat(cabinet.moves.toString()).contains("0.7").doesNotContain("0.6");
    }
  }

  private static void keep(Journal journal, Entry entry) {
    assertThat(journal.commit(entry)).isInstanceOf(Commit.Kept.class);
  }

  @Test
  void whileTheJournalRefusesCommandsAreRejectedAndMayBeSentAgain() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1))) {
      var other = cabinet.seize();
      cabinet.says("a1", p("p0", 1));
      awaitRefusal(cabinet);
      cabinet.told.clear();
      cabinet.asks("1", "lamp-1/dim", .6);
      Await.until("it has ended", () -> !cabinet.told.isEmpty());
      assertThat(cabinet.told).containsExactly("1 Rejected[reason=storage]");
      assertThat(cabinet.moves.toString()).doesNotContain("0.6");

      other.close();
      var sender = cabinet.says("a1", p("p0", 2));
      Await.until("the journal keeps again", () -> sender.heard().equals("kept"));
      cabinet.asks("1", "lamp-1/dim", .6);
      Await.until("it runs", () -> cabinet.told.contains("1 running"));
    }
  }

  @Test
  void aCommandThatTheJournalRefusesIsRejectedAndDoesNotWait() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1));
        var _ = cabinet.seize()) {
      cabinet.asks("1", "lamp-1/dim", .6);
      Await.until("it has ended", () -> cabinet.told.contains("1 Rejected[reason=storage]"));
      assertThat(cabinet.moves.toString()).doesNotContain("0.6");
    }
  }

  @Test
  void whenTheWriterIsFullSendersRepeatAndWhatWasPolledIsCounted() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 1))) {
      var other = cabinet.seize();
      for (int i = 0; i < 40; i++) {
        cabinet.bus.put(Delivery.of("a1", List.of(many("p0"))));
      }
      var refused = cabinet.says("a1", many("p1"));
      Await.until("the sender is refused", () -> refused.heard().startsWith("refused"));
      other.close();

      Await.until("the loss is told", () -> lost(cabinet) > 0);
      var repeated = cabinet.says("a1", many("p1"));
      Await.until("the repeat is kept", () -> repeated.heard().equals("kept"));
      assertThat(cabinet.kept("a1/p1")).hasSize(MANY);
      assertThat(cabinet.kept("a1/p0").size() + lost(cabinet)).isEqualTo(40 * MANY);
    }
  }

  @Test
  void aDeviceThatFallsSilentEntersAFrame() throws Exception {
    try (var cabinet = new Cabinet(data, new FastClock(Instant.now(), 3_600))) {
      cabinet.says("a1", p("p0", 1));
      Await.until("it is told", () -> cabinet.text(Stream.READINGS).contains("\"why\":\"silent\""));
    }
  }

  @Test
  void atTheStopALampDoesWhatItsProgrammeSays() throws Exception {
    var cabinet = new Cabinet(data, new FastClock(Street.NOON, 1));
    try (cabinet) {
      Await.until("the programme has it", () -> cabinet.moves.toString().contains("0.0"));
      cabinet.asks("1", "lamp-1/dim", .6);
      Await.until("it runs", () -> cabinet.told.contains("1 running"));
    }
    assertThat(cabinet.moves).last().asString().startsWith("lamp-1/dim Num[number=0.0]");
  }

  /** A command is the one thing that tells at once how the journal is. */
  private static void awaitRefusal(Cabinet cabinet) throws Exception {
    cabinet.asks("probe", "lamp-1/dim", 1);
    Await.until(
        "the journal refuses", () -> cabinet.told.contains("probe Rejected[reason=storage]"));
  }

  private static void awaitTaken(Cabinet cabinet) throws Exception {
    cabinet.told.clear();
    awaitRefusal(cabinet);
  }

  private static long lost(Cabinet cabinet) {
    return LOST.matcher(cabinet.text(Stream.EVENTS))
        .results()
        .mapToLong(gap -> Long.parseLong(gap.group(1)))
        .sum();
  }

  private static Sample p(String name, double value) {
    return Sample.of(name, value, Unit.RATIO);
  }

  private static Sample[] many(String name) {
    return IntStream.range(0, MANY).mapToObj(i -> p(name, i % 2 * 50)).toArray(Sample[]::new);
  }
}
