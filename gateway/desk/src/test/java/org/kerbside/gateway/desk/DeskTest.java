package org.kerbside.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Move;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

class DeskTest {

  private static final Instant NOON = Instant.parse("2026-07-01T04:00:00Z");
  private static final Value FULL = new Value.Num(1);
  private static final Value HALF = new Value.Num(.5);
  private static final Value SHUT = new Value.Num(0);

  private int index;
  private final Asset lamp = asset("lamp", "lamp-5", null, "dim");
  private final Asset master = asset("master", "master-1", null, "valve");
  private final Asset zone = asset("zone", "zone-1", "master-1", "valve");
  private final Desk desk = new Desk(List.of(lamp, master, zone), Duration.ofHours(1));
  private Moment now = new Moment(NOON, ClockQuality.SYNC, Duration.ofMinutes(5));
  private final Desk.Memory memory = desk.start(List.of(), now, Desk.ruling());

  @Test
  void anIdIsDurableBeforeAnythingMoves() {
    var asked = ask(set("1", "lamp-5/dim", HALF));
    assertThat(asked.moves()).isEmpty();
    assertThat(asked.accepted()).extracting(Command::id).containsExactly("1");
    assertThat(asked.told()).containsExactly(new Ruling.Told("1", Progress.ACCEPTED));

    var committed = committed("1");
    assertThat(committed.moves()).containsExactly(new Move(dim(), HALF));
    assertThat(committed.told()).containsExactly(new Ruling.Told("1", Progress.RUNNING));
  }

  @Test
  void itIsDoneWhenThePointShowsIt() {
    ask(set("1", "lamp-5/dim", HALF));
    committed("1");

    assertThat(observed(dim(), FULL).results()).isEmpty();
    assertThat(outcome(observed(dim(), HALF))).isEqualTo(new Outcome.Done(HALF));
  }

  @Test
  void itFailsWhenThePointNeverShowsIt() {
    ask(set("1", "lamp-5/dim", HALF));
    committed("1");
    pass(Desk.VERIFY);

    assertThat(outcome(tick())).isEqualTo(new Outcome.Failed("not observed"));
  }

  @Test
  void aRepeatedIdMovesNothingAndGetsTheRecordedOutcome() {
    ask(set("1", "lamp-5/dim", HALF));
    committed("1");
    observed(dim(), HALF);

    var again = ask(set("1", "lamp-5/dim", HALF));
    assertThat(again.moves()).isEmpty();
    assertThat(again.results()).isEmpty();
    assertThat(again.repeated().getFirst().outcome()).isEqualTo(new Outcome.Done(HALF));
  }

  @Test
  void theSameIdWithOtherContentIsAConflict() {
    ask(set("1", "lamp-5/dim", HALF));

    var other = ask(set("1", "lamp-5/dim", FULL));
    assertThat(other.repeated().getFirst().outcome()).isEqualTo(new Outcome.Rejected("conflict"));
    assertThat(other.accepted()).isEmpty();
  }

  @Test
  void aCommandWithoutExpiryIsRefused() {
    var command = command("1", "lamp-5/dim", HALF, null, Duration.ofMinutes(10));

    assertThat(outcome(ask(command))).isEqualTo(new Outcome.Rejected("no-expiry"));
  }

  @Test
  void anExpiredOneMovesNothingEvenWhenItExpiresBeforeItsCommit() {
    assertThat(outcome(ask(command("1", "lamp-5/dim", HALF, NOON, null))))
        .isEqualTo(new Outcome.Expired());
    ask(command("2", "lamp-5/dim", HALF, NOON.plusSeconds(5), null));
    pass(Duration.ofSeconds(6));

    var late = committed("2");
    assertThat(outcome(late)).isEqualTo(new Outcome.Expired());
    assertThat(late.moves()).isEmpty();
  }

  @Test
  void withoutAClockACityIsRefusedAndACrewIsNot() {
    now = new Moment(Instant.EPOCH, ClockQuality.NONE, now.sinceBoot());
    assertThat(outcome(ask(set("1", "lamp-5/dim", HALF)))).isEqualTo(new Outcome.Rejected("clock"));
    var crew =
        new Command(
            "2", "set", "lamp-5/dim", HALF, Issuer.CREW, "crew:4711", null, null, null, "f");

    assertThat(ask(crew).accepted()).hasSize(1);
  }

  @Test
  void whatTheDeskDoesNotKnowOrAllowIsRefused() {
    assertThat(outcome(ask(set("1", "lamp-9/dim", HALF))))
        .isEqualTo(new Outcome.Rejected("unknown-point"));
    assertThat(outcome(ask(set("2", "lamp-5/dim", new Value.Num(1.5)))))
        .isEqualTo(new Outcome.Rejected("not-allowed"));
    assertThat(outcome(ask(set("3", "lamp-5/dim", Value.Flag.TRUE))))
        .isEqualTo(new Outcome.Rejected("not-allowed"));
    var forEver = command("4", "lamp-5/dim", HALF, NOON.plusSeconds(60), Duration.ofDays(3650));
    assertThat(outcome(ask(forEver))).isEqualTo(new Outcome.Rejected("lease"));
  }

  @Test
  void whenALeaseEndsTheProgrammeTakesOverAgain() {
    programme(FULL);
    ask(command("1", "lamp-5/dim", HALF, NOON.plusSeconds(60), Duration.ofMinutes(10)));
    committed("1");
    assertThat(holder()).isEqualTo(Issuer.CITY);
    assertThat(memory.wake()).isEqualTo(now.sinceBoot().plus(Desk.VERIFY));

    pass(Duration.ofMinutes(10));
    assertThat(tick().moves()).containsExactly(new Move(dim(), FULL));
    assertThat(holder()).isEqualTo(Issuer.PROGRAMME);
  }

  @Test
  void safetyOutranksTheCity() {
    var ruling = Desk.ruling();
    desk.order(
        memory, List.of(new Order(valve(master), SHUT, Issuer.SAFETY, "water-burst")), ruling);

    assertThat(outcome(ask(set("1", "master-1/valve", FULL))))
        .isEqualTo(new Outcome.Rejected("interlock:water-burst"));
  }

  @Test
  void aMoveThatItsDriverRefusedIsTriedAgainUntilItIsMade() {
    programme(FULL);
    desk.undone(memory, dim(), now);
    assertThat(tick().moves()).as("not at once").isEmpty();
    pass(Desk.RETRY);

    assertThat(tick().moves()).containsExactly(new Move(dim(), FULL));
    pass(Desk.RETRY);
    assertThat(tick().moves()).as("made").isEmpty();
  }

  @Test
  void aMasterOpensBeforeItsZoneAndShutsWithTheLast() {
    var open = Desk.ruling();
    desk.order(memory, List.of(new Order(valve(zone), FULL, Issuer.PROGRAMME, "drip")), open);
    assertThat(open.moves())
        .containsExactly(new Move(valve(master), FULL), new Move(valve(zone), FULL));

    var shut = Desk.ruling();
    desk.order(memory, List.of(new Order(valve(zone), SHUT, Issuer.PROGRAMME, "drip")), shut);
    assertThat(shut.moves()).contains(new Move(valve(master), SHUT));
  }

  @Test
  void valvesAreShutAtTheStart() {
    var ruling = Desk.ruling();
    desk.start(List.of(), now, ruling);

    assertThat(ruling.moves())
        .containsExactlyInAnyOrder(new Move(valve(master), SHUT), new Move(valve(zone), SHUT));
  }

  @Test
  void aCommandThatACrashCutOffIsToldAsInterrupted() {
    var ruling = Desk.ruling();
    desk.start(List.of(new Known("1", "f", null)), now, ruling);

    assertThat(outcome(ruling)).isEqualTo(new Outcome.Failed("interrupted"));
  }

  @Test
  void aCommandThatCannotBeKeptMovesNothingAndMayComeAgain() {
    ask(set("1", "lamp-5/dim", HALF));
    var refused = Desk.ruling();
    desk.refused(memory, "1", now, refused);

    assertThat(refused.repeated().getFirst().outcome()).isEqualTo(new Outcome.Rejected("storage"));
    assertThat(committed("1").moves()).isEmpty();
    assertThat(ask(set("1", "lamp-5/dim", HALF)).accepted()).hasSize(1);
  }

  private @Nullable Issuer holder() {
    var owner = memory.owners().get(dim().index());
    return owner == null ? null : owner.issuer();
  }

  private Ruling ask(Command command) {
    var ruling = Desk.ruling();
    desk.ask(memory, command, now, ruling);
    return ruling;
  }

  private Ruling committed(String id) {
    var ruling = Desk.ruling();
    desk.committed(memory, id, now, ruling);
    return ruling;
  }

  private Ruling observed(Point point, Value value) {
    var ruling = Desk.ruling();
    var reading = Reading.good(point, value, now, Reading.Timing.RECEIPT);
    desk.observe(memory, List.of(reading), now, ruling);
    return ruling;
  }

  private Ruling tick() {
    var ruling = Desk.ruling();
    desk.tick(memory, now, ruling);
    return ruling;
  }

  private void programme(Value value) {
    desk.order(
        memory, List.of(new Order(dim(), value, Issuer.PROGRAMME, "evening")), Desk.ruling());
  }

  private void pass(Duration time) {
    now = now.plus(time);
  }

  private static Outcome outcome(Ruling ruling) {
    assertThat(ruling.results()).hasSize(1);
    return ruling.results().getFirst().outcome();
  }

  private static Command set(String id, String point, Value value) {
    return command(id, point, value, NOON.plusSeconds(60), null);
  }

  private static Command command(
      String id, String point, Value value, @Nullable Instant expires, @Nullable Duration lease) {
    return new Command(
        id, "set", point, value, Issuer.CITY, "city", NOON, expires, lease, point + value);
  }

  private Point dim() {
    return lamp.points().getFirst();
  }

  private static Point valve(Asset asset) {
    return asset.points().getFirst();
  }

  private Asset asset(String kind, String id, @Nullable String parent, String output) {
    var spec =
        new PointSpec(
            output,
            PointType.NUM,
            Unit.RATIO,
            0,
            1,
            new Band.Change(),
            Duration.ofHours(1),
            PointSpec.Access.WRITABLE,
            List.of());
    var points = new LinkedHashMap<String, PointSpec>(Map.of(output, spec));
    return new Asset(
        id,
        new Kind(kind, points, List.of(), List.of(), Kind.Parent.OPTIONAL, Kind.Device.OPTIONAL),
        id,
        parent,
        new ArrayList<>(List.of(new Point(index++, new PointId(id, output), spec))),
        Map.of(),
        Map.of());
  }
}
