package org.kerbside.gateway.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.app.LinuxBoard.Lasting;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** Processes one after another on one journal, killed or stopped, stepped by hand. */
@Timeout(60)
class RestartTest {

  private static final Instant NOON = Instant.parse("2026-07-01T04:00:00Z");
  private static final Pattern CHANGE =
      Pattern.compile("\"id\":\"([^\"]+)\",\"change\":\"(\\w+)\"|\"what\":\"(snapshot[^\"]+)\"");

  private static final String SITE =
      """
      assets:
        a1: { kind: generic, points: { p0..1: { unit: "/", band: 0.5 } }, at: hand/a1 }
        lamp-1: { kind: lamp, power: 60W, at: hand/lamp-1 }
      rules:
        - { rule: high, for: generic, when: p0 > 80, clear: p0 < LIMIT, severity: alarm }
        - { rule: long, for: generic, when: p1 > 80, hold: 10min, severity: warning }
        - rule: too-much
          for: lamp
          when: power > 100W
          clear: power <= 100W
          severity: alarm
          do: [{ set: dim, value: 30%, until: cleared, issuer: safety }]
      """;

  private static final String IRRIGATED =
      """
      assets:
        zone-1: { kind: zone, method: drip, at: hand/zone-1 }
      """;

  @TempDir private Path folder;
  private final HandBoard board = new HandBoard(NOON);
  private final List<String> moves = new ArrayList<>();
  private int lives;

  @Test
  void anAlarmThatStoodAtAKillIsRaisedOnceAndClearedOnce() throws Exception {
    var first = life(folder.resolve("0"), SITE);
    first.says("a1", "p0", 90).says("a1", "p0", 91);
    var second = life(first.kill(), SITE);
    second.says("a1", "p0", 92);
    assertThat(second.changes()).containsExactly("a1/high raised");
    second.says("a1", "p0", 10);
    assertThat(second.changes()).containsExactly("a1/high raised", "a1/high cleared");
    second.kill();
  }

  @Test
  void whatRaisedIsOrderedAgainAtTheStart() throws Exception {
    var first = life(folder.resolve("0"), SITE);
    first.says("lamp-1", "power", 150);
    moves.clear();
    var second = life(first.kill(), SITE);
    assertThat(moves).contains("lamp-1 dim Num[number=0.3]");
    second.kill();
  }

  @Test
  void aHoldGoesOnWithWhatItHadHeldAndWithoutTheTimeBetween() throws Exception {
    var first = life(folder.resolve("0"), SITE);
    first.says("a1", "p1", 90);
    for (int minute = 0; minute < 6; minute++) {
      board.pass(Duration.ofMinutes(1));
      first.says("a1", "p1", 91 + minute);
    }
    var left = first.kill();
    board.pass(Duration.ofHours(5));
    var second = life(left, SITE);
    board.pass(Duration.ofMinutes(5));
    second.says("a1", "p1", 91);
    board.pass(Duration.ofMinutes(3));
    assertThat(second.says("a1", "p1", 92).changes()).isEmpty();
    board.pass(Duration.ofMinutes(1));
    assertThat(second.says("a1", "p1", 93).changes()).containsExactly("a1/long raised");
    second.kill();
  }

  /** What came after the snapshot is in frames alone. */
  @Test
  void whatEndedAHoldAfterTheLastSnapshotIsReplayed() throws Exception {
    var first = life(folder.resolve("0"), SITE);
    first.says("a1", "p1", 90);
    board.pass(Duration.ofMinutes(9));
    first.says("a1", "p1", 91);
    board.pass(Duration.ofSeconds(10));
    first.says("a1", "p1", 10);
    board.pass(Duration.ofSeconds(10));
    first.says("a1", "p1", 92);
    var second = life(first.kill(), SITE);
    second.says("a1", "p1", 93);
    board.pass(Duration.ofMinutes(9));
    assertThat(second.says("a1", "p1", 94).changes()).isEmpty();
    board.pass(Duration.ofMinutes(1));
    assertThat(second.says("a1", "p1", 95).changes()).containsExactly("a1/long raised");
    second.kill();
  }

  @Test
  void whatIsOldIsShownAsOldAndToldSilentOnce() throws Exception {
    var first = life(folder.resolve("0"), SITE);
    first.says("a1", "p0", 10);
    board.pass(Duration.ofMinutes(1)); // a snapshot knows whose point it is
    first.says("a1", "p0", 11);
    var left = first.kill();
    board.pass(Duration.ofDays(1));
    var second = life(left, SITE);
    assertThat(second.shown("a1/p0")).isEqualTo(DataState.STALE);
    assertThat(second.text(Stream.READINGS)).doesNotContain("silent");
    board.pass(Duration.ofHours(1));
    second.turn();
    assertThat(second.text(Stream.READINGS)).containsOnlyOnce("silent");
    var third = life(second.kill(), SITE);
    board.pass(Duration.ofHours(1));
    third.turn();
    assertThat(third.text(Stream.READINGS)).containsOnlyOnce("silent");
    third.kill();
  }

  @Test
  void anOrderlyStopRemembersToItsLastInstant() throws Exception {
    var first = life(folder.resolve("0"), SITE);
    first.says("a1", "p1", 90);
    board.pass(Duration.ofMinutes(9));
    var second = life(first.stop(), SITE);
    second.says("a1", "p1", 90);
    board.pass(Duration.ofMinutes(1));
    assertThat(second.says("a1", "p1", 91).changes()).containsExactly("a1/long raised");
    second.kill();
  }

  /** What its command moved once nobody moves again; the time while nothing ran is of the lease. */
  @Test
  void aLeaseGoesOnWithoutASecondMoveAndEndsInItsTime() throws Exception {
    var second = life(leased().kill(), SITE);
    second.says("lamp-1", "dim", .4);
    board.pass(Duration.ofMinutes(119));
    second.turn();
    assertThat(second.owner("lamp-1/dim")).isEqualTo("crew:4711");
    assertThat(moves).isEmpty();
    board.pass(Duration.ofSeconds(61)); // the journal's time is in ms
    second.turn();
    assertThat(second.owner("lamp-1/dim")).isEqualTo("street-evening");
    assertThat(moves).containsExactly("lamp-1 dim Num[number=0.0]");
    second.kill();
  }

  /** The power was away as well, and the lamp does what its wiring says. */
  @Test
  void aLeaseThatDoesNotShowAfterARestartEnds() throws Exception {
    var second = life(leased().kill(), SITE);
    second.says("lamp-1", "dim", 1);
    board.pass(Duration.ofSeconds(60));
    second.turn();
    assertThat(second.owner("lamp-1/dim")).isEqualTo("street-evening");
    assertThat(moves).containsExactly("lamp-1 dim Num[number=0.0]");
    assertThat(second.text(Stream.EVENTS)).containsOnlyOnce("lease-lost");
    second.kill();
  }

  /** Dimmed by the crew for three hours, an hour ago. */
  private Life leased() throws Exception {
    var first = life(folder.resolve("0"), SITE);
    first.asks("1", "lamp-1/dim", .4, Duration.ofHours(3));
    assertThat(moves).contains("lamp-1 dim Num[number=0.4]");
    first.says("lamp-1", "dim", .4);
    board.pass(Duration.ofMinutes(1)); // with the next frame all is kept
    first.says("lamp-1", "power", 20);
    board.pass(Duration.ofMinutes(59));
    moves.clear();
    return first;
  }

  @Test
  void aChangedSiteKeepsWhatStillFits() throws Exception {
    var first = life(folder.resolve("0"), SITE);
    first.says("a1", "p0", 90).says("lamp-1", "power", 150);
    var changed =
        SITE.replace("LIMIT", "70").replaceFirst("(?s)  - rule: too-much.*", "")
            + "  - { rule: other, for: lamp, when: power > 100W, severity: alarm }\n";
    var second = life(first.kill(), changed);
    second.says("a1", "p0", 91).says("a1", "p0", 75).says("a1", "p0", 60);
    assertThat(second.changes())
        .containsExactly(
            "a1/high raised",
            "lamp-1/too-much raised",
            "lamp-1/too-much cleared",
            "a1/high cleared");
    second.kill();
  }

  /** As a reload has it: stopped in order, and begun by other files a moment later. */
  @Test
  void whatStaysOverAReloadKeepsItsHoldsLeasesTotalsAndWhatPeopleDidToItsAlarms() throws Exception {
    var first = life(folder.resolve("0"), SITE);
    first.asks("1", "lamp-1/dim", .4, Duration.ofHours(3));
    first.says("lamp-1", "dim", .4).says("lamp-1", "energy", 100);
    board.pass(Duration.ofMinutes(1));
    first.says("lamp-1", "energy", 5); // another dial
    double total = first.number("lamp-1/energy");
    assertThat(total).as("the dial was reset, the total was not").isGreaterThanOrEqualTo(100);
    first.says("a1", "p0", 90).says("a1", "p1", 90);
    first.handles("2", "ack").handles("3", "shelve");
    board.pass(Duration.ofMinutes(6));
    first.says("a1", "p1", 91);
    moves.clear();

    var reloaded = SITE + "  - { rule: low, for: generic, when: p0 < 1, severity: warning }\n";
    var second = life(first.stop(), reloaded);
    second.says("lamp-1", "dim", .4).says("lamp-1", "energy", 5.005).says("a1", "p1", 92);
    assertThat(second.number("lamp-1/energy")).isCloseTo(total + .005, within(1e-6));
    assertThat(second.owner("lamp-1/dim")).isEqualTo("crew:4711");
    assertThat(moves).isEmpty();
    board.pass(Duration.ofMinutes(4));
    second.says("a1", "p1", 93);
    assertThat(second.changes())
        .containsExactly(
            "a1/high raised", "a1/high acknowledged", "a1/high shelved", "a1/long raised");
    second.kill();
  }

  /** What its bus has open stays open: no valve shuts for a reload, and no lease on it ends. */
  @Test
  void aValveOnABusThatGoesOnIsNotMovedByAReloadAndItsLeaseEndsInItsTime() throws Exception {
    var first = watered();
    moves.clear();
    var second = life(first.leave(), IRRIGATED + "rules: []\n", Set.of("hand"));
    second.turn();
    assertThat(moves).isEmpty();
    assertThat(second.owner("zone-1/valve")).isEqualTo("crew:4711");
    board.pass(Duration.ofMinutes(19));
    second.turn();
    assertThat(moves).isEmpty();
    board.pass(Duration.ofSeconds(61));
    second.turn();
    assertThat(moves).containsExactly("zone-1 valve Num[number=0.0]");
    second.kill();
  }

  /** Whose bus is opened anew is shut while nobody is there, and nothing opens it again. */
  @Test
  void aValveOnABusThatIsReopenedIsShut() throws Exception {
    var first = watered();
    moves.clear();
    var second = life(first.rest(), IRRIGATED);
    second.turn();
    assertThat(moves)
        .containsExactly("zone-1 valve Num[number=0.0]", "zone-1 valve Num[number=0.0]");
    assertThat(second.owner("zone-1/valve")).isEqualTo("lawn-drip");
    second.kill();
  }

  /** Open by the crew for half an hour, ten minutes ago. */
  private Life watered() throws Exception {
    var first = life(folder.resolve("0"), IRRIGATED);
    board.pass(Duration.ofMinutes(1)); // a start holds valves shut for a while
    first.turn();
    first.asks("1", "zone-1/valve", 1, Duration.ofMinutes(30));
    assertThat(moves).contains("zone-1 valve Num[number=1.0]");
    first.says("zone-1", "valve", 1);
    board.pass(Duration.ofMinutes(10));
    first.says("zone-1", "valve", 1);
    return first;
  }

  @Test
  void aSnapshotThatCannotBeReadIsToldAndItStarts() throws Exception {
    var first = life(folder.resolve("0"), SITE);
    first.says("a1", "p0", 90);
    var left = first.kill();
    try (var database = DriverManager.getConnection("jdbc:sqlite:" + left.resolve("journal.db"));
        var statement = database.createStatement()) {
      statement.execute("UPDATE snapshots SET body = zeroblob(40)");
    }
    var second = life(left, SITE);
    assertThat(second.says("a1", "p0", 90).changes())
        .contains("a1/high raised", "snapshot-unreadable");
    second.kill();
  }

  private Life life(Path data, String site) throws Exception {
    return life(data, site, Set.of());
  }

  private Life life(Path data, String site, Set<String> goingOn) throws Exception {
    return new Life(Files.createDirectories(data), site.replace("LIMIT", "80"), goingOn);
  }

  /** One process. */
  private final class Life implements ProgressListener {

    private final Path data;
    private final Journal journal;
    private final Pipeline pipeline;
    private final Pipeline.Steps steps;

    Life(Path data, String text, Set<String> goingOn) throws Exception {
      this.data = data;
      var clock =
          new SystemClock(
              board,
              new Timekeeping(
                  Instant.parse("2026-01-01T00:00:00Z"), null, "here", Lasting.GOES_ON_WHILE_OFF),
              new KnownTime(data),
              board.kernel());
      journal = HandSite.journal(data, clock);
      pipeline =
          HandSite.pipeline(
              HandSite.read(data, text), journal, this::move, goingOn, this, readings -> {}, clock);
      steps = pipeline.steps();
      steps.control().begin();
      write();
    }

    private void move(String device, String point, Value value) {
      moves.add("%s %s %s".formatted(device, point, value));
    }

    Life says(String device, String point, double value) throws InterruptedException {
      var unit =
          switch (point) {
            case "power" -> Unit.WATT;
            case "energy" -> Unit.KILOWATT_HOUR;
            default -> Unit.RATIO;
          };
      pipeline.doorway("hand").put(Delivery.of(device, List.of(Sample.of(point, value, unit))));
      turn();
      return this;
    }

    /** A command of the crew's, durable and moved. */
    void asks(String id, String point, double value, Duration lease) throws InterruptedException {
      asks(Command.ofCrew(id, "set", point, new Value.Num(value), "crew:4711", "", lease));
    }

    /** What the crew does to an alarm, for an hour where it ends. */
    Life handles(String id, String op) throws InterruptedException {
      var lease = op.equals("shelve") ? Duration.ofHours(1) : null;
      asks(Command.ofCrew(id, op, "a1/high", null, "crew:4711", "on my way", lease));
      return this;
    }

    private void asks(Command command) throws InterruptedException {
      pipeline.arrive(command);
      turn();
      turn();
    }

    double number(String id) {
      var point = requireNonNull(pipeline.view().overview().point(id));
      var last = requireNonNull(pipeline.view().overview().of(point).last());
      return last.value() instanceof Value.Num(var number) ? number : Double.NaN;
    }

    /** Who has a point and until when, as {@code crew:4711}; nobody is {@code -}. */
    String owner(String id) {
      var overview = pipeline.view().overview();
      return overview.owners().entrySet().stream()
          .filter(entry -> overview.seen().get(entry.getKey()).point().toString().equals(id))
          .map(entry -> entry.getValue().by())
          .findFirst()
          .orElse("-");
    }

    void turn() throws InterruptedException {
      steps.control().turn(steps.intake().take(Duration.ZERO));
      write();
    }

    private void write() {
      for (var wait = steps.writer().step();
          wait != null && wait.isZero();
          wait = steps.writer().step()) {}
    }

    DataState shown(String point) {
      var overview = pipeline.view().overview();
      return overview.seen().stream()
          .filter(seen -> seen.point().toString().equals(point))
          .map(seen -> seen.state(overview.now()))
          .findFirst()
          .orElseThrow();
    }

    /** What became of alarms, over all lives. */
    List<String> changes() {
      return CHANGE
          .matcher(text(Stream.EVENTS))
          .results()
          .map(
              found ->
                  found.group(3) == null ? found.group(1) + " " + found.group(2) : found.group(3))
          .toList();
    }

    String text(Stream stream) {
      var text = new StringBuilder();
      var frames = requireNonNull(journal.kept(stream, 1, journal.last(stream), 1_000));
      frames.forEach(
          frame ->
              text.append(new String(frame.rendered().payload(), StandardCharsets.UTF_8))
                  .append('\n'));
      return text.toString();
    }

    /** {@code kill -9}: what it leaves is what stands on the disk. */
    Path kill() throws IOException {
      var heir = Files.createDirectories(folder.resolve(Integer.toString(++lives)));
      for (var name : new String[] {"journal.db", "journal.db-wal"}) {
        if (Files.exists(data.resolve(name))) {
          Files.copy(data.resolve(name), heir.resolve(name));
        }
      }
      journal.close();
      return heir;
    }

    /** Stopped in order, with its bus closed. */
    Path rest() throws InterruptedException {
      return end(Set.of());
    }

    /** Stopped in order, with its bus left to the next. */
    Path leave() throws InterruptedException {
      return end(Set.of("hand"));
    }

    private Path end(Set<String> goingOn) throws InterruptedException {
      steps.intake().tell(new Arrival.Leaving(goingOn, () -> {}));
      turn();
      var left = List.copyOf(moves);
      var heir = stop(); // begins once more, stepped by hand as it was
      moves.clear();
      moves.addAll(left);
      return heir;
    }

    Path stop() throws InterruptedException {
      steps.control().stop();
      steps.control().run();
      write();
      journal.close();
      return data;
    }

    @Override
    public void progress(String command, Progress progress) {}

    @Override
    public void ended(Event.Result result) {}
  }
}
