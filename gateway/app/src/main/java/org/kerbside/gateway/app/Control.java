package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.gateway.desk.Desk;
import org.kerbside.gateway.desk.Ruling;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.ProgressListener;
import org.kerbside.gateway.model.Reading;

/**
 * Local control: takes what came, decides, orders, and hands over to the writer. Waits for nothing
 * but the intake and its own deadlines: neither disk, link nor city can hold it up.
 */
final class Control implements Runnable {

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(1); // real time

  /** A full writer is asked again after so long, real time. */
  private static final Duration AGAIN = Duration.ofMillis(50);

  /** A rule that feeds itself goes on after so long, real time, and takes no core for itself. */
  private static final Duration CIRCLE = Duration.ofMillis(500);

  private final Intake intake;
  private final Stamp stamp;
  private final Outlets outlets;
  private final Recent recent;
  private final Writer writer;
  private final Live live;
  private final Consumer<List<Reading>> heard;
  private final ProgressListener progress;
  private final Clock clock;
  private final Decision decision;
  private final Handover handover;
  private final Decision.Rooms rooms;

  // Control's own, for as long as the process lives.
  private final Desk.Memory desk;
  private final Ruling begun; // what the desk decided at the start
  private long polled; // samples of this turn that nobody repeats
  private @Nullable Runnable leaving; // hears that the outputs are safe
  private volatile boolean stopping;
  private volatile long turns; // written by control alone, as the next
  private volatile long evaluations;

  /** The stations of the way, each with one job. */
  record Stations(
      Intake intake,
      Recent recent,
      Writer writer,
      Live live,
      Consumer<List<Reading>> heard,
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

  Control(Decision.Rooms rooms, Decision.Sides sides, Stations stations, Begun begun, Clock clock) {
    this.rooms = rooms;
    this.clock = clock;
    intake = stations.intake();
    stamp = sides.stamp();
    outlets = sides.outlets();
    recent = stations.recent();
    writer = stations.writer();
    live = stations.live();
    heard = stations.heard();
    progress = stations.progress();
    desk = begun.desk();
    decision = new Decision(rooms, sides, desk, begun.resumed());
    var keeping = new Keeping(decision::memories, writer::snapshotBytes, clock);
    handover = new Handover(writer, sides.state(), recent, keeping);
    handover.carry(begun.events());
    handover.carry(begun.resumed().events());
    this.begun = begun.ruling();
  }

  @Override
  public void run() {
    try {
      begin();
      turn(intake.take(Duration.ZERO)); // What went on from a gateway before waits for orders.
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

  /** How many batches it passed, empty ones too; one a second at least. */
  long turns() {
    return turns;
  }

  /** How often a rule was asked, as of the last turn. */
  long evaluations() {
    return evaluations;
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
    decision.carryOut(begun, now, batch);
    show();
    handOver(batch, begun, now);
  }

  /** Keeps what is remembered. */
  private void end() {
    handover.keepAtOnce();
    handOver(Batch.empty(), Desk.ruling(), clock.now());
  }

  private void show() {
    live.turned(decision.rules().alarms(), desk.owners(), decision.rules().works());
  }

  /** Decides on what came, and on what has become due meanwhile. */
  @SuppressWarnings("NonAtomicVolatileUpdate") // Control is the only writer.
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
    decision.turn(samples, now, ruling, batch);
    if (leaving != null) {
      leaving.run();
      leaving = null;
    }
    if (!arrivals.isEmpty() || !batch.isEmpty() || !live.shows(desk.owners())) {
      show();
    }
    handOver(batch, ruling, now);
    evaluations = decision.rules().evaluations();
    turns++;
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
        decision.clockTurned();
      }
      case Arrival.Learned(var event, var derive) -> {
        batch.events().add(event);
        decision.derive(derive, now);
      }
      case Arrival.Noted(var event) -> batch.events().add(event);
      case Arrival.Leaving(var goingOn, var safe) -> {
        rooms.desk().rest(desk, point -> outlets.reaches(point, goingOn), now, ruling);
        leaving = safe;
      }
      case Arrival.Durable(var id) -> rooms.desk().committed(desk, id, now, ruling);
      case Arrival.Recalled(var earlier) -> rooms.desk().recalled(desk, earlier, now, ruling);
      case Arrival.Unkept(var id) -> rooms.desk().refused(desk, id, now, ruling);
    }
  }

  private void handOver(Batch batch, Ruling ruling, Moment now) {
    heard.accept(batch.readings());
    ruling.told().forEach(told -> progress.progress(told.command(), told.progress()));
    ruling.repeated().forEach(progress::ended);
    var refusal = Desk.ruling();
    for (var command : handover.hand(batch, polled, now)) {
      rooms.desk().refused(desk, command.id(), now, refusal);
    }
    refusal.repeated().forEach(progress::ended);
  }

  /**
   * How long to wait for the next turn when nothing comes, real time.
   *
   * @param most where nothing is due before
   */
  Duration untilNext(Duration most) {
    if (handover.isBehind()) {
      return AGAIN;
    }
    var longest = decision.isUnheard() ? CIRCLE : most;
    var next = decision.wake();
    if (next == null) {
      return longest;
    }
    var wait = clock.real(next.minus(clock.now().sinceBoot()));
    return wait.compareTo(longest) > 0 ? longest : wait;
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
