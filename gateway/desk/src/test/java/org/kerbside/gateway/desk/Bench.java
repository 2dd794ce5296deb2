package org.kerbside.gateway.desk;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Move;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** A desk over a small street, and a hand on its clock. It has been up for five minutes. */
final class Bench {

  static final Instant NOON = Instant.parse("2026-07-01T04:00:00Z");
  static final Value FULL = new Value.Num(1);
  static final Value HALF = new Value.Num(.5);
  static final Value SHUT = new Value.Num(0);
  static final Duration LEASE = Duration.ofHours(1);
  static final Duration VERIFY = Duration.ofSeconds(60);

  /** A lamp that is seen and that nobody can move. */
  private static final String UNWIRED = "lamp-6";

  private final Map<String, Point> points = new LinkedHashMap<>();
  private final List<Asset> assets = new ArrayList<>();
  final Desk desk;
  Moment now = new Moment(NOON, ClockQuality.SYNC, Duration.ofMinutes(4));
  Desk.Memory memory;

  Bench() {
    this(Map.of("method", new Value.State("sprinkler")));
  }

  /**
   * @param zone its zones' settings
   */
  Bench(Map<String, Value> zone) {
    asset("lamp", "lamp-5", null, Map.of(), "dim=", "on?");
    asset("lamp", UNWIRED, null, Map.of(), "dim=");
    asset("zone", "zone-1", "master-1", zone, "valve=", "flow");
    asset("zone", "zone-2", "master-1", zone, "valve=", "flow");
    asset("master", "master-1", null, Map.of(), "valve=", "temperature", "wind");
    asset("dust", "dust-1", null, Map.of(), "spray?", "wind");
    desk =
        new Desk(
            assets,
            point -> !point.id().asset().equals(UNWIRED),
            Map.of(point("lamp-5/dim"), .5),
            LEASE);
    memory = desk.start(List.of(), now, Desk.ruling());
    pass(Duration.ofMinutes(1));
    tick();
  }

  /** {@code dim=} is a number that can be moved, {@code on?} such a flag, {@code flow} is seen. */
  private void asset(
      String kind, String id, @Nullable String parent, Map<String, Value> settings, String... all) {
    var specs = new LinkedHashMap<String, PointSpec>();
    var made = new ArrayList<Point>();
    for (var written : all) {
      boolean flag = written.endsWith("?");
      boolean writable = flag || written.endsWith("=");
      String name = writable ? written.substring(0, written.length() - 1) : written;
      var spec =
          new PointSpec(
              name,
              flag ? PointType.FLAG : PointType.NUM,
              name.equals("temperature") ? Unit.CELSIUS : Unit.RATIO,
              writable ? 0 : -50,
              writable ? 1 : 60,
              new Band.Change(),
              Duration.ofHours(1),
              writable ? PointSpec.Access.WRITABLE : PointSpec.Access.OBSERVED,
              List.of());
      specs.put(name, spec);
      var point = new Point(points.size(), new PointId(id, name), spec);
      points.put(id + "/" + name, point);
      made.add(point);
    }
    var of =
        new Kind(kind, specs, List.of(), List.of(), Kind.Parent.OPTIONAL, Kind.Device.OPTIONAL);
    assets.add(new Asset(id, of, id, parent, made, settings, Map.of()));
  }

  Point point(String id) {
    var point = points.get(id);
    if (point == null) {
      throw new IllegalArgumentException(id);
    }
    return point;
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** Lets time pass as control does: it wakes whenever the desk wants it to. */
  Ruling passes(Duration time) {
    var end = now.plus(time);
    var all = Desk.ruling();
    while (memory.wake() != null && memory.wake().compareTo(end.sinceBoot()) <= 0) {
      pass(memory.wake().minus(now.sinceBoot()));
      var before = memory.wake();
      desk.tick(memory, now, all);
      assertThat(memory.wake()).as("a wake that was heard").isNotEqualTo(before);
    }
    now = end;
    desk.tick(memory, now, all);
    return all;
  }

  Ruling tick() {
    var ruling = Desk.ruling();
    desk.tick(memory, now, ruling);
    return ruling;
  }

  /** The process ends, and another goes on with what it noted. */
  Ruling restarts() {
    var ruling = Desk.ruling();
    var note = desk.note(memory, now);
    memory = desk.start(List.of(), now, ruling);
    desk.recall(memory, note, Bridge.none(now), now, ruling);
    return ruling;
  }

  /**
   * Another desk takes over within the process, and everybody says anew what he wants.
   *
   * @param shown what was seen last
   * @param orders what rules and programmes want
   */
  Ruling takesOver(Map<String, Double> shown, List<Order> orders) {
    var ruling = Desk.ruling();
    var last =
        shown.entrySet().stream()
            .map(
                one ->
                    Reading.good(
                        point(one.getKey()),
                        new Value.Num(one.getValue()),
                        now,
                        Reading.Timing.RECEIPT))
            .toList();
    desk.rest(memory, point -> true, now, ruling);
    var note = desk.note(memory, now);
    memory = desk.start(List.of(), point -> true, now, ruling);
    desk.observe(memory, last, now, ruling);
    desk.recall(memory, note, Bridge.none(now), now, ruling);
    desk.order(memory, orders, now, ruling);
    desk.takenOver(memory, now, ruling);
    return ruling;
  }

  Ruling order(String point, @Nullable Value value, Issuer issuer, String by) {
    var ruling = Desk.ruling();
    desk.order(memory, List.of(new Order(point(point), value, issuer, by)), now, ruling);
    return ruling;
  }

  Ruling ask(Command command) {
    var ruling = Desk.ruling();
    desk.ask(memory, command, now, ruling);
    return ruling;
  }

  Ruling committed(String id) {
    var ruling = Desk.ruling();
    desk.committed(memory, id, now, ruling);
    return ruling;
  }

  /** Asked and durable. */
  Ruling set(String id, String point, Value value) {
    return asked(command(id, point, value, Issuer.CITY, null));
  }

  Ruling asked(Command command) {
    var asked = ask(command);
    return asked.accepted().isEmpty() ? asked : committed(command.id());
  }

  Ruling shows(String point, Value value) {
    return hears(Reading.good(point(point), value, now, Reading.Timing.RECEIPT));
  }

  Ruling shows(String point, double number) {
    return shows(point, new Value.Num(number));
  }

  Ruling falls(String point) {
    return hears(Reading.bad(point(point), Reason.STALE, now, Reading.Timing.RECEIPT));
  }

  private Ruling hears(Reading reading) {
    var ruling = Desk.ruling();
    desk.observe(memory, List.of(reading), now, ruling);
    return ruling;
  }

  @Nullable Owner owner(String point) {
    return memory.owners().get(point(point).index());
  }

  Move move(String point, Value value) {
    return new Move(point(point), value);
  }

  static Outcome outcome(Ruling ruling) {
    assertThat(ruling.results()).hasSize(1);
    return ruling.results().getFirst().outcome();
  }

  /** The facts that were told, each as {@code what subject detail}. */
  static List<String> told(Ruling ruling) {
    return ruling.events().stream()
        .map(Event.Health.class::cast)
        .map(fact -> fact.what() + " " + fact.subject() + " " + String.join(", ", fact.detail()))
        .toList();
  }

  /** A command that expires in a minute. */
  Command command(String id, String point, Value value, Issuer issuer, @Nullable Duration lease) {
    return new Command(
        id,
        "set",
        point,
        value,
        issuer,
        issuer.word(),
        NOON,
        now.wall().plusSeconds(60),
        lease,
        point + value);
  }
}
