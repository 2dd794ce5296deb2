package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.assets.Derive;
import org.kerbside.gateway.assets.Derived;
import org.kerbside.gateway.desk.Desk;
import org.kerbside.gateway.desk.Ruling;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;
import org.kerbside.rules.Decided;
import org.kerbside.rules.Engine;
import org.kerbside.rules.Memory;
import org.kerbside.rules.Ordered;
import org.kerbside.rules.Programmes;
import org.kerbside.rules.Recollection;

/**
 * What is decided in a turn: derive → state → rules → programmes → desk, with all that these rooms
 * remember. Makes the moves; knows neither disk, link nor city. Belongs to control's thread.
 */
final class Decision {

  /** A rule whose order feeds a rule is followed so often in a turn. */
  private static final int ROUNDS = 4;

  private final Rooms rooms;
  private final Sides sides;

  // For as long as the process lives.
  private Derive derive; // another when something is learned of an asset, as its memory
  private Derive.Memory derived;
  private final Memory memory;
  private final Programmes.Memory courses;
  private final Desk.Memory desk;
  private final List<Ordered> ordered = new ArrayList<>(); // moves that the rules have not heard of
  private @Nullable Duration programmed = Duration.ZERO; // when programmes are asked, since boot
  private @Nullable Duration ruled; // likewise the rules
  private boolean isBegun; // everybody was asked once

  /** The pure rooms that are asked. */
  record Rooms(
      Derive derive, Engine engine, Recollection recollection, Programmes programmes, Desk desk) {}

  /** What stands on both sides of them: what is known, and what moves. */
  record Sides(Stamp stamp, Silence silence, State state, Outlets outlets) {}

  Decision(Rooms rooms, Sides sides, Desk.Memory desk, Restart.Resumed resumed) {
    this.rooms = rooms;
    this.sides = sides;
    this.desk = desk;
    derive = rooms.derive();
    derived = resumed.derived();
    memory = resumed.rules();
    courses = resumed.programmes();
    ruled = memory.wake();
  }

  /** What the rules remember, for who shows it. */
  Memory rules() {
    return memory;
  }

  Memories memories(Moment now) {
    return new Memories(
        now,
        sides.state().note(),
        derive.note(derived),
        rooms.recollection().note(memory),
        rooms.programmes().note(courses),
        rooms.desk().note(desk, now));
  }

  /** Goes on with steps that have learned, where the old ones stood. */
  void derive(Derive other, Moment now) {
    derived = other.after(derive, derived, now);
    derive = other;
  }

  /** The wall clock is another: programmes go by it at once. */
  void clockTurned() {
    programmed = Duration.ZERO;
  }

  /**
   * Decides on what was heard, and on what has become due meanwhile.
   *
   * @param ruling what the desk has decided in this turn already
   * @param batch takes all that is to be kept
   */
  void turn(List<Reading> samples, Moment now, Ruling ruling, Batch batch) {
    var state = sides.state();
    var served = derive.maintain(derived, memory.works().keySet(), now);
    var made = derive.apply(derived, samples, now);
    report(made, now, batch);
    var rules = rooms.engine().turn(memory, now);
    batch.readings().addAll(state.apply(served.readings(), rules::turns, rules::hear, now));
    batch.readings().addAll(state.apply(made.readings(), rules::turns, rules::hear, now));
    var stale = state.turnStale(now);
    batch.readings().addAll(stale);
    stale.forEach(rules::hear);
    sides.silence().news().forEach(rules::hear);
    var without = derive.expire(derived, stale, now);
    report(without, now, batch);
    batch.readings().addAll(state.apply(without.readings(), rules::turns, rules::hear, now));
    var told = new ArrayList<>(made.readings());
    told.addAll(without.readings());
    batch.readings().forEach(reading -> rooms.programmes().hear(courses, reading));
    programme(now, ruling);
    rooms.desk().observe(desk, told, now, ruling);
    rooms.desk().observe(desk, stale, now, ruling);
    rooms.desk().tick(desk, now, ruling);
    rules.hold(desk.owners());
    for (var command : ruling.handled()) {
      rooms.desk().handled(desk, command, rules.handle(command), now, ruling);
    }
    follow(rules.end(), now, ruling, batch);
    if (!isBegun) {
      isBegun = true;
      rooms.desk().takenOver(desk, now, ruling);
    }
    carryOut(ruling, now, batch);
  }

  /** A dial that is reset time and again is told once, and counted. */
  private void report(Derived made, Moment now, Batch batch) {
    for (var fact : made.events()) {
      var detail = String.join("; ", fact.detail());
      sides.stamp().refused(fact.what(), fact.subject(), detail, now, batch.events());
    }
  }

  private void programme(Moment now, Ruling ruling) {
    if (!courses.isAsked() && programmed != null && now.sinceBoot().compareTo(programmed) < 0) {
      return;
    }
    var plan = rooms.programmes().decide(courses, memory, now);
    programmed = plan.wake();
    ruling.events().addAll(plan.events());
    rooms.desk().order(desk, plan.orders(), now, ruling);
  }

  /** Rules hear what was ordered, and what they order may set off others. */
  void carryOut(Ruling ruling, Moment now, Batch batch) {
    int moved = move(ruling, 0, now, batch);
    for (int round = 0; round < ROUNDS && (isUnheard() || isDue(ruled, now)); round++) {
      var heard = List.copyOf(ordered);
      ordered.clear();
      follow(rooms.engine().apply(memory, List.of(), heard, now), now, ruling, batch);
      moved = move(ruling, moved, now, batch);
    }
    batch.events().addAll(ruling.events());
    batch.events().addAll(ruling.results());
    batch.accepted().addAll(ruling.accepted());
  }

  private void follow(Decided decided, Moment now, Ruling ruling, Batch batch) {
    ruled = decided.wake();
    batch.events().addAll(decided.events());
    rooms.desk().order(desk, decided.orders(), now, ruling);
  }

  /** Makes the moves that were decided since the last call: before they are written. */
  private int move(Ruling ruling, int from, Moment now, Batch batch) {
    for (var move : ruling.moves().subList(from, ruling.moves().size())) {
      var refusal = sides.outlets().move(move);
      if (refusal != null) {
        var subject = move.point().toString();
        sides.stamp().refused("move", subject, refusal, now, batch.events());
        rooms.desk().undone(desk, move.point(), refusal, now);
      }
      var order = new Ordered(move.point(), move.value());
      ordered.add(order);
      rooms.programmes().hear(courses, order);
    }
    return ruling.moves().size();
  }

  /** Whether there are moves that the rules have not heard of: they feed themselves. */
  boolean isUnheard() {
    return !ordered.isEmpty();
  }

  /** Whether the programmes have heard what they have not decided on. */
  boolean isAsked() {
    return courses.isAsked();
  }

  /** When something is due though nothing is heard, since boot; null when nothing is. */
  @Nullable Duration wake() {
    var next = earliest(earliest(programmed, ruled), earliest(sides.state().wake(), desk.wake()));
    return earliest(next, derive.wake(derived));
  }

  private static @Nullable Duration earliest(@Nullable Duration a, @Nullable Duration b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return a.compareTo(b) <= 0 ? a : b;
  }

  private static boolean isDue(@Nullable Duration deadline, Moment now) {
    return deadline != null && deadline.compareTo(now.sinceBoot()) <= 0;
  }
}
