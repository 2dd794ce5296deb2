package org.kerbside.gateway.desk;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.Reading;

/**
 * Decides what moves. Every order and command passes: known point, allowed value, expiry, lease,
 * once per id, interlocks, priority safety &gt; crew &gt; city &gt; rules &gt; programme, least
 * times on and off; and what was moved must show. A command's id is durable before anything moves;
 * rules and programmes move at once.
 */
public final class Desk {

  /** Commands that it knows by itself, the newest. */
  public static final int MOST_KNOWN = Ledger.MOST_KNOWN;

  /**
   * After a move, how long a point may take to show it where its asset says nothing: over all
   * processes that saw to it.
   */
  public static final Duration VERIFY = Duration.ofSeconds(60);

  /** A move that a driver refused is tried again after so long. */
  static final Duration RETRY = Duration.ofSeconds(30);

  /** How long an output may take to show whether a command that a crash cut off was done. */
  static final Duration READ_BACK = Duration.ofSeconds(10);

  /** Everything that the desk remembers. Belongs to control's thread. */
  public static final class Memory {
    private final Panel panel;
    private final Ledger ledger = new Ledger();
    private boolean isResting; // the gateway stops, nothing moves any more

    // Made when something changed: every turn asks, few change anything.
    private Map<Integer, Owner> owners = Map.of();
    private @Nullable Duration wake;

    private Memory(Panel panel) {
      this.panel = panel;
    }

    /** Who holds each output, by the point's index. */
    public Map<Integer, Owner> owners() {
      return owners;
    }

    /** When time alone changes something next, since boot; null when it does not. */
    public @Nullable Duration wake() {
      return wake;
    }

    private void changed(Moment now) {
      owners = panel.owners();
      var next = Output.earlier(panel.next(now), ledger.next());
      wake = next == null || isResting ? null : next.sinceBoot();
    }
  }

  private final List<Asset> assets;
  private final Map<String, Point> points = new HashMap<>();
  private final Predicate<? super Point> wired;
  private final Map<Point, Double> floors;
  private final Duration lease;

  /**
   * @param wired whether an actuator is at a point; no command moves another
   * @param floors the least light that a programme gives, by the lamp's output
   * @param lease how long a setting holds that names no lease
   */
  public Desk(
      List<Asset> assets,
      Predicate<? super Point> wired,
      Map<Point, Double> floors,
      Duration lease) {
    this.assets = List.copyOf(assets);
    this.wired = wired;
    this.floors = Map.copyOf(floors);
    this.lease = lease;
    for (var asset : assets) {
      asset.points().forEach(point -> points.put(point.id().toString(), point));
    }
  }

  /** Begins with the ids of earlier runs, and with every output as it is when nobody orders. */
  public Memory start(List<Known> earlier, Moment now, Ruling ruling) {
    return start(earlier, point -> false, now, ruling);
  }

  /**
   * As the other, where an earlier desk of this process has just ended.
   *
   * @param goesOn outputs that it left as they were: they stay so until {@link #takenOver}
   */
  public Memory start(
      List<Known> earlier, Predicate<? super Point> goesOn, Moment now, Ruling ruling) {
    var memory = new Memory(new Panel(new Wiring(assets, floors, lease, now)));
    memory.panel.goesOn(goesOn).forEach(Output::takeOver);
    for (var command : earlier) {
      if (command.outcome() == null) {
        var asked = command.unfinished();
        var point = asked == null ? null : points.get(asked.point());
        memory.ledger.cutOff(command, point, now, now.plus(READ_BACK), ruling);
      } else {
        memory.ledger.remember(command);
      }
    }
    settle(memory, now, ruling);
    return memory;
  }

  /** What a restart must not forget: leases, and what interlocks and least times have seen. */
  public Note note(Memory memory, Moment now) {
    var note = new Note();
    for (var output : memory.panel.outputs()) {
      var own = output.note(now);
      if (!own.isEmpty()) {
        note.put(output.point().toString(), own);
      }
    }
    return note;
  }

  /**
   * Goes on with what an earlier process noted. Called once, behind {@link #start}.
   *
   * @param bridge time in which no process ran counts: a lease goes on meanwhile
   */
  public void recall(Memory memory, Note note, Bridge bridge, Moment now, Ruling ruling) {
    for (var output : memory.panel.outputs()) {
      output.recall(note.note(output.point().toString()), bridge, now);
    }
    settle(memory, now, ruling);
  }

  /** Everybody has said what he wants of the outputs that went on: now they are moved like all. */
  public void takenOver(Memory memory, Moment now, Ruling ruling) {
    memory.panel.outputs().forEach(Output::takenOver);
    settle(memory, now, ruling);
  }

  public static Ruling ruling() {
    return Ruling.empty();
  }

  /** Orders of rules and programmes: they move at once and are written after. */
  public void order(Memory memory, List<Order> orders, Moment now, Ruling ruling) {
    if (orders.isEmpty()) {
      return;
    }
    for (var order : orders) {
      var output = memory.panel.output(order.point());
      if (output == null) {
        continue; // The rules room has refused it at load; nothing to move here.
      }
      if (order.value() == null) {
        output.release(order.issuer());
      } else {
        output.hold(new Owner(order.issuer(), order.by(), order.value(), null));
      }
    }
    settle(memory, now, ruling);
  }

  /** A command from outside: refused, answered again, or accepted to be made durable. */
  public void ask(Memory memory, Command command, Moment now, Ruling ruling) {
    var seen = memory.ledger.known(command.id());
    if (seen != null) {
      memory.ledger.again(seen, command, now, ruling);
      return;
    }
    if (memory.isResting || memory.ledger.isFlooded(command.issuer(), now)) {
      ruling.repeat(now, command.id(), new Outcome.Rejected("busy")); // It may come again.
      return;
    }
    var point = points.get(command.point());
    var refusal = Judge.refuses(command, point, moved(memory, point), now);
    if (refusal == null) {
      memory.ledger.accept(command, ruling);
    } else {
      memory.ledger.end(command.id(), command.fingerprint(), refusal, now, ruling);
    }
  }

  /** The output at a point; null where nobody moves one, or nothing is wired to it. */
  private @Nullable Output moved(Memory memory, @Nullable Point point) {
    return point != null && wired.test(point) ? memory.panel.output(point) : null;
  }

  /** The id is durable: now it may move, judged again at this moment. */
  public void committed(Memory memory, String id, Moment now, Ruling ruling) {
    var command = memory.ledger.durable(id);
    if (command == null) {
      return;
    }
    var point = points.get(command.point());
    var output = moved(memory, point);
    var refusal = Judge.refuses(command, point, output, now);
    if (refusal == null && command.isHandling()) {
      ruling.handled().add(command);
      return;
    }
    if (refusal != null || point == null || output == null || command.value() == null) {
      var outcome = refusal == null ? new Outcome.Rejected("unknown-point") : refusal;
      memory.ledger.end(id, command.fingerprint(), outcome, now, ruling);
      return;
    }
    var until = now.plus(command.lease() == null ? lease : command.lease());
    var held = new Owner(command.issuer(), command.by(), command.value(), until);
    memory.panel.ask(output, held);
    ruling.tell(id, Progress.RUNNING);
    memory.ledger.run(command, point, held, now, now.plus(output.trait().verify()));
    settle(memory, now, ruling);
  }

  /** The id was known before, long enough ago to be forgotten here: nothing moves. */
  public void recalled(Memory memory, Known earlier, Moment now, Ruling ruling) {
    memory.ledger.recall(earlier, now, ruling);
  }

  /** What the rules made of a command that the ruling handed to them. */
  public void handled(Memory memory, Command command, Outcome outcome, Moment now, Ruling ruling) {
    memory.ledger.end(command.id(), command.fingerprint(), outcome, now, ruling);
  }

  /** The journal refused it: nothing moves, and the sender may try again under the same id. */
  public void refused(Memory memory, String id, Moment now, Ruling ruling) {
    memory.ledger.forget(id, now, ruling);
  }

  /**
   * A move was not made, because its driver refused it: it is tried again in a while.
   *
   * @param why as the driver says
   */
  public void undone(Memory memory, Point point, String why, Moment now) {
    var output = memory.panel.output(point);
    if (output != null) {
      output.undone(why, now.plus(RETRY));
      memory.changed(now);
      memory.wake = now.sinceBoot(); // What hangs on it is to be looked at.
    }
  }

  /** What the points show, stale ones too. */
  public void observe(Memory memory, List<Reading> readings, Moment now, Ruling ruling) {
    memory.ledger.observe(readings, now, ruling);
    if (memory.panel.observe(readings, now, ruling)) {
      settle(memory, now, ruling);
    }
  }

  /** Does what was to be done at a time that has come. */
  public void tick(Memory memory, Moment now, Ruling ruling) {
    var wake = memory.wake();
    if (wake == null || now.sinceBoot().compareTo(wake) < 0) {
      return;
    }
    memory.panel.outputs().forEach(output -> output.expire(now));
    memory.panel.overdue(now, ruling);
    memory.ledger.overdue(now, ruling);
    settle(memory, now, ruling);
  }

  /**
   * The gateway stops: every output does what is safe while nobody is there. The last call.
   *
   * @param goesOn outputs that another desk takes over in a moment: they stay as they are
   */
  public void rest(Memory memory, Predicate<? super Point> goesOn, Moment now, Ruling ruling) {
    memory.isResting = true;
    memory.panel.rest(goesOn, now, ruling);
    memory.changed(now);
  }

  private static void settle(Memory memory, Moment now, Ruling ruling) {
    if (!memory.isResting) {
      memory.panel.settle(now, ruling);
      memory.ledger.overtaken(memory.panel, now, ruling);
    }
    memory.changed(now);
  }
}
