package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.gateway.assets.Derive;
import org.kerbside.gateway.assets.Derived;
import org.kerbside.gateway.desk.Desk;
import org.kerbside.gateway.desk.Ruling;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.Reading;
import org.kerbside.rules.Decided;
import org.kerbside.rules.Engine;
import org.kerbside.rules.Memory;
import org.kerbside.rules.Ordered;
import org.kerbside.rules.Programmes;
import org.kerbside.rules.Recollection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Local control: takes what came, decides, orders, and hands over to the writer. Waits for nothing
 * but the intake and its own deadlines: neither disk, link nor city can hold it up.
 */
final class Control implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(Control.class);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1); // real time

  /** A full writer is asked again after so long, real time. */
  private static final Duration AGAIN = Duration.ofMillis(50);

  /** A rule that feeds itself goes on after so long, real time, and takes no core for itself. */
  private static final Duration CIRCLE = Duration.ofMillis(500);

  /** A rule whose order feeds a rule is followed so often in a turn. */
  private static final int ROUNDS = 4;

  private static final String INTAKE = "intake"; // a gap's reason

  /** Events that wait for a full writer; the oldest stay. */
  private static final int CARRIED = 4_096;

  private final Rooms rooms;
  private final Intake intake;
  private final Stamp stamp;
  private final Silence silence;
  private final State state;
  private final Recent recent;
  private final Outlets outlets;
  private final Writer writer;
  private final Live live;
  private final ProgressListener progress;
  private final Clock clock;

  // Control's own, for as long as the process lives.
  private final Derive.Memory derived;
  private final Memory memory;
  private final Programmes.Memory courses;
  private final Desk.Memory desk;
  private final Ruling begun; // what the desk decided at the start
  private final List<Ordered> ordered = new ArrayList<>(); // moves that the rules have not heard of
  private final List<Event> carried = new ArrayList<>(); // what a full writer did not take
  private @Nullable Duration programmed; // since boot: when the programmes want to be asked again
  private @Nullable Duration ruled; // likewise the rules
  private long polled; // samples of this turn that nobody repeats
  private final Keeping keeping;
  private boolean behind; // the writer did not take the last batch
  private long dropped; // readings that it did not take and nobody repeats, not yet told
  private @Nullable Moment droppedFrom;
  private @Nullable Runnable leaving; // hears that the outputs are safe
  private volatile boolean stopping;

  /** The pure rooms that control asks. */
  record Rooms(
      Derive derive, Engine engine, Recollection recollection, Programmes programmes, Desk desk) {}

  /** The stations of the way, each with one job. */
  record Stations(
      Intake intake,
      Stamp stamp,
      Silence silence,
      State state,
      Recent recent,
      Outlets outlets,
      Writer writer,
      Live live,
      ProgressListener progress) {}

  /**
   * What is known at the start.
   *
   * @param ruling what the desk decided then
   * @param events what the journal found when it was opened
   * @param resumed what goes on from an earlier process
   */
  record Begun(
      Desk.Memory desk, Ruling ruling, List<? extends Event> events, Restart.Resumed resumed) {}

  Control(Rooms rooms, Stations stations, Begun begun, Clock clock) {
    this.rooms = rooms;
    this.intake = stations.intake();
    this.stamp = stations.stamp();
    this.silence = stations.silence();
    this.state = stations.state();
    this.recent = stations.recent();
    this.outlets = stations.outlets();
    this.writer = stations.writer();
    this.live = stations.live();
    this.progress = stations.progress();
    this.clock = clock;
    this.desk = begun.desk();
    courses = begun.resumed().programmes();
    derived = begun.resumed().derived();
    memory = begun.resumed().rules();
    ruled = memory.wake();
    keeping = new Keeping(this::memories, writer::snapshotBytes, clock);
    this.begun = begun.ruling();
    carried.addAll(begun.events());
    carried.addAll(begun.resumed().events());
    programmed = Duration.ZERO;
  }

  @Override
  public void run() {
    try {
      begin();
      while (!stopping) {
        turn(intake.take(untilNext(LONGEST_WAIT)));
      }
      for (var rest = intake.take(Duration.ZERO);
          !rest.isEmpty();
          rest = intake.take(Duration.ZERO)) {
        turn(rest);
      }
      end();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  /** Ends after one more turn. */
  void stop() {
    stopping = true;
    intake.shut();
  }

  /** Outputs are safe before anything else is asked of them. */
  void begin() {
    var now = clock.now();
    var batch = Batch.empty();
    decide(now, begun, batch);
    live.turned(memory.alarms(), desk.owners(), memory.works());
    handOver(batch, begun, now);
  }

  /** Keeps what is remembered. */
  private void end() {
    keeping.atOnce();
    handOver(Batch.empty(), Desk.ruling(), clock.now());
  }

  private Memories memories(Moment now) {
    var rules = rooms.recollection().note(memory);
    var programmes = rooms.programmes().note(courses);
    return new Memories(now, state.note(), rooms.derive().note(derived), rules, programmes);
  }

  /** Decides on what came, and on what has become due meanwhile. */
  void turn(List<Arrival> arrivals) {
    var now = clock.now();
    if (writer.refusing() == null) {
      recent.goesOn(now);
    } else {
      recent.standsStill(now);
    }
    polled = 0;
    var batch = Batch.empty();
    var samples = new ArrayList<Reading>();
    var ruling = Desk.ruling();
    for (var arrival : arrivals) {
      take(arrival, now, samples, batch, ruling);
    }
    var served = rooms.derive().maintain(derived, memory.works().keySet(), now);
    var made = rooms.derive().apply(derived, samples, now);
    report(made, now, batch);
    var rules = rooms.engine().turn(memory, now);
    batch.readings().addAll(state.apply(served.readings(), rules::turns, rules::hear, now));
    batch.readings().addAll(state.apply(made.readings(), rules::turns, rules::hear, now));
    var stale = state.turnStale(now);
    batch.readings().addAll(stale);
    stale.forEach(rules::hear);
    silence.news().forEach(rules::hear);
    var without = rooms.derive().expire(derived, stale, now);
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
    decide(now, ruling, batch);
    if (leaving != null) {
      leaving.run();
      leaving = null;
    }
    if (!arrivals.isEmpty() || !batch.isEmpty()) {
      live.turned(memory.alarms(), desk.owners(), memory.works());
    }
    handOver(batch, ruling, now);
  }

  private void take(
      Arrival arrival, Moment now, List<Reading> samples, Batch batch, Ruling ruling) {
    switch (arrival) {
      case Arrival.Heard(var bus, var delivery) -> {
        if (!delivery.receipt().equals(Receipt.NONE)) {
          batch.receipts().add(delivery.receipt());
        }
        if (delivery.key() != null) {
          if (recent.knows(delivery.key(), now) || batch.keys().contains(delivery.key())) {
            return; // The whole message is here already; its sender has not heard so.
          }
          batch.keys().add(delivery.key());
        }
        int before = samples.size();
        stamp.on(bus, delivery, now, samples, batch.events());
        if (delivery.receipt().equals(Receipt.NONE)) {
          polled += samples.size() - before;
        }
      }
      case Arrival.Refused(var what, var subject, var problem) ->
          stamp.refused(what, subject, problem, now, batch.events());
      case Arrival.Inspected(var readings) -> {
        samples.addAll(readings);
        polled += readings.size();
      }
      case Arrival.Missing(var gap, var kept) -> {
        batch.events().add(gap);
        batch.receipts().add(new Told(kept));
      }
      case Arrival.Asked(var command) -> {
        rooms.desk().ask(desk, command, now, ruling);
        if (writer.refusing() != null) {
          rooms.desk().refused(desk, command.id(), now, ruling);
        }
      }
      case Arrival.Turned(var event) -> {
        batch.events().add(event);
        programmed = Duration.ZERO;
      }
      case Arrival.Leaving(var safe) -> {
        rooms.desk().rest(desk, now, ruling);
        leaving = safe;
      }
      case Arrival.Durable(var id) -> rooms.desk().committed(desk, id, now, ruling);
      case Arrival.Unkept(var id) -> rooms.desk().refused(desk, id, now, ruling);
    }
  }

  /** A dial that is reset time and again is told once, and counted. */
  private void report(Derived made, Moment now, Batch batch) {
    for (var fact : made.events()) {
      stamp.refused(
          fact.what(), fact.subject(), String.join("; ", fact.detail()), now, batch.events());
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
  private void decide(Moment now, Ruling ruling, Batch batch) {
    int moved = move(ruling, 0, now, batch);
    for (int round = 0; round < ROUNDS && (!ordered.isEmpty() || isDue(ruled, now)); round++) {
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
      var refusal = outlets.move(move);
      if (refusal != null) {
        stamp.refused("move", move.point().toString(), refusal, now, batch.events());
        rooms.desk().undone(desk, move.point(), now);
      }
      var order = new Ordered(move.point(), move.value());
      ordered.add(order);
      rooms.programmes().hear(courses, order);
    }
    return ruling.moves().size();
  }

  private void handOver(Batch batch, Ruling ruling, Moment now) {
    ruling.told().forEach(told -> progress.progress(told.command(), told.progress()));
    ruling.repeated().forEach(progress::ended);
    batch.events().addAll(0, carried);
    if (droppedFrom != null) {
      batch.events().add(lost(droppedFrom, now));
    }
    keeping.addTo(batch, now);
    if (batch.isEmpty()) {
      return;
    }
    behind = !writer.take(batch);
    if (behind) {
      refuse(batch, now);
      return;
    }
    carried.clear();
    dropped = 0;
    droppedFrom = null;
    batch.readings().forEach(reading -> recent.note(reading, now));
    recent.note(batch.keys(), now);
  }

  private Event.Gap lost(Moment from, Moment now) {
    return new Event.Gap(
        now, null, 0, 0, INTAKE, Instead.NOTHING, from.wall(), now.wall(), dropped);
  }

  /** The writer is full: senders repeat, events wait, the rest is lost and counted. */
  private void refuse(Batch batch, Moment now) {
    batch.receipts().forEach(receipt -> receipt.refused("the journal is behind"));
    batch.readings().forEach(state::forget);
    keeping.atOnce();
    carried.clear();
    batch.events().stream().filter(Control::isLasting).limit(CARRIED).forEach(carried::add);
    var refusal = Desk.ruling();
    batch.accepted().forEach(c -> rooms.desk().refused(desk, c.id(), now, refusal));
    refusal.repeated().forEach(progress::ended);
    long lost = Math.min(polled, batch.readings().size());
    if (lost > 0 && droppedFrom == null) {
      LOG.warn("journal: behind, senders are refused and polled readings dropped");
      droppedFrom = now;
    }
    dropped += lost;
  }

  /** The count of what was lost is made anew with every try. */
  private static boolean isLasting(Event event) {
    return !(event instanceof Event.Gap gap && gap.reason().equals(INTAKE));
  }

  /**
   * How long to wait for the next turn when nothing comes, real time.
   *
   * @param most where nothing is due before
   */
  Duration untilNext(Duration most) {
    if (behind) {
      return AGAIN;
    }
    var longest = ordered.isEmpty() ? most : CIRCLE;
    var next = earliest(earliest(programmed, ruled), earliest(state.wake(), desk.wake()));
    next = earliest(next, rooms.derive().wake(derived));
    if (next == null) {
      return longest;
    }
    var wait = clock.real(next.minus(clock.now().sinceBoot()));
    return wait.compareTo(longest) > 0 ? longest : wait;
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

  /** Who told a gap hears when it is kept, and otherwise nothing. */
  private record Told(Runnable hears) implements Receipt {

    @Override
    public void kept() {
      hears.run();
    }

    @Override
    public void refused(String reason) {}
  }
}
