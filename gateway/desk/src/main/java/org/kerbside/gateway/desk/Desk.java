package org.kerbside.gateway.desk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/**
 * Decides what moves. Every order and command passes: known point, allowed value, expiry, lease,
 * once per id, priority safety &gt; crew &gt; city &gt; rules &gt; programme. A command's id is
 * durable before anything moves; rules and programmes move at once.
 */
public final class Desk {

  /** After a move, how long the point may take to show it. */
  static final Duration VERIFY = Duration.ofSeconds(60);

  /** A move that a driver refused is tried again after so long. */
  static final Duration RETRY = Duration.ofSeconds(30);

  /** Ids remembered, the newest; at the city's ten a second in bursts that is days. */
  static final int MOST_KNOWN = 20_000;

  private static final double TOLERANCE = 0.02;

  /** Everything that the desk remembers. Belongs to control's thread. */
  public static final class Memory {
    private final Map<Point, Output> outputs = new LinkedHashMap<>();
    private final Map<String, Known> known =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > MOST_KNOWN;
          }
        };
    private final Map<String, Command> waiting = new LinkedHashMap<>(); // accepted, not durable yet
    private final Map<String, Watch> watched = new LinkedHashMap<>(); // moved, not seen yet

    // Made when something changed: every turn asks, few change anything.
    private Map<Integer, Owner> owners = Map.of();
    private @Nullable Duration wake;

    private Memory() {}

    private void changed() {
      owners = owned();
      wake = nextEnd();
    }

    /** Who holds each output, by the point's index. */
    public Map<Integer, Owner> owners() {
      return owners;
    }

    private Map<Integer, Owner> owned() {
      var owners = new HashMap<Integer, Owner>();
      for (var output : outputs.values()) {
        var owner = output.owner();
        if (owner != null) {
          owners.put(output.point().index(), owner);
        }
      }
      return Map.copyOf(owners);
    }

    /** When the next lease or verification ends, since boot; null when nothing waits. */
    public @Nullable Duration wake() {
      return wake;
    }

    private @Nullable Duration nextEnd() {
      Duration next = null;
      for (var output : outputs.values()) {
        var end = output.nextEnd();
        next = end == null ? next : earlier(next, end.sinceBoot());
      }
      for (var watch : watched.values()) {
        next = earlier(next, watch.until().sinceBoot());
      }
      return next;
    }

    private static Duration earlier(@Nullable Duration a, Duration b) {
      return a == null || b.compareTo(a) < 0 ? b : a;
    }
  }

  private record Watch(Point point, Value value, Moment moved, Moment until) {}

  private final Map<String, Point> points = new HashMap<>();
  private final Map<Point, Point> masters = new HashMap<>(); // a zone's valve → its master's
  private final Judge judge;
  private final Duration lease;

  /**
   * @param lease how long a setting holds that names no lease
   */
  public Desk(List<Asset> assets, Duration lease) {
    this.lease = lease;
    judge = new Judge(points);
    for (var asset : assets) {
      asset.points().forEach(point -> points.put(point.id().toString(), point));
    }
    for (var asset : assets) {
      var valve = asset.point("valve");
      var above = asset.parent() == null ? null : points.get(asset.parent() + "/valve");
      if (valve != null && above != null) {
        masters.put(valve, above);
      }
    }
  }

  /** Begins with the ids of earlier runs; a command that has no outcome was cut off by a crash. */
  public Memory start(List<Known> earlier, Moment now, Ruling ruling) {
    var memory = new Memory();
    points.values().stream()
        .filter(point -> point.spec().isWritable())
        .sorted((a, b) -> Integer.compare(a.index(), b.index()))
        .forEach(point -> memory.outputs.put(point, new Output(point)));
    for (var command : earlier) {
      memory.known.put(command.id(), command);
      if (command.outcome() == null) {
        end(
            memory,
            command.id(),
            command.fingerprint(),
            new Outcome.Failed("interrupted"),
            now,
            ruling);
      }
    }
    settle(memory, ruling);
    return memory;
  }

  public static Ruling ruling() {
    return Ruling.empty();
  }

  /** Orders of rules and programmes: they move at once and are written after. */
  public void order(Memory memory, List<Order> orders, Ruling ruling) {
    if (orders.isEmpty()) {
      return;
    }
    for (var order : orders) {
      var output = memory.outputs.get(order.point());
      if (output == null) {
        continue; // The rules room has refused it at load; nothing to move here.
      }
      if (order.value() == null) {
        output.release(order.issuer());
      } else {
        output.hold(new Owner(order.issuer(), order.by(), order.value(), null));
      }
    }
    settle(memory, ruling);
  }

  /** A command from outside: refused, answered again, or accepted to be made durable. */
  public void ask(Memory memory, Command command, Moment now, Ruling ruling) {
    var seen = memory.known.get(command.id());
    if (seen != null) {
      again(seen, command, now, ruling);
      return;
    }
    var refusal = judge.refuses(command, memory.outputs, now);
    if (refusal != null) {
      end(memory, command.id(), command.fingerprint(), refusal, now, ruling);
      return;
    }
    memory.known.put(command.id(), new Known(command.id(), command.fingerprint(), null));
    memory.waiting.put(command.id(), command);
    ruling.accepted().add(command);
    ruling.tell(command.id(), Progress.ACCEPTED);
  }

  /** The id is durable: now it may move, judged again at this moment. */
  public void committed(Memory memory, String id, Moment now, Ruling ruling) {
    var command = memory.waiting.remove(id);
    if (command == null) {
      return;
    }
    var refusal = judge.refuses(command, memory.outputs, now);
    if (refusal == null && command.isHandling()) {
      ruling.handled().add(command);
      return;
    }
    var point = points.get(command.point());
    var output = point == null ? null : memory.outputs.get(point);
    if (refusal != null || output == null || command.value() == null) {
      var outcome = refusal == null ? new Outcome.Rejected("unknown-point") : refusal;
      end(memory, id, command.fingerprint(), outcome, now, ruling);
      return;
    }
    var until = now.plus(command.lease() == null ? lease : command.lease());
    output.hold(new Owner(command.issuer(), command.by(), command.value(), until));
    memory.watched.put(id, new Watch(output.point(), command.value(), now, now.plus(VERIFY)));
    ruling.tell(id, Progress.RUNNING);
    settle(memory, ruling);
  }

  /** What the rules made of a command that the ruling handed to them. */
  public void handled(Memory memory, Command command, Outcome outcome, Moment now, Ruling ruling) {
    end(memory, command.id(), command.fingerprint(), outcome, now, ruling);
  }

  /** The journal refused it: nothing moves, and the sender may try again under the same id. */
  public void refused(Memory memory, String id, Moment now, Ruling ruling) {
    if (memory.waiting.remove(id) != null) {
      memory.known.remove(id);
      ruling.takeBack(id);
      ruling.repeat(now, id, new Outcome.Rejected("storage"));
    }
  }

  /** A move was not made, because its driver refused it: it is tried again in a while. */
  public void undone(Memory memory, Point point, Moment now) {
    var output = memory.outputs.get(point);
    if (output != null) {
      output.undone(now.plus(RETRY));
      memory.changed();
    }
  }

  /** What the points show: the end of commands whose effect is seen. */
  public void observe(Memory memory, List<Reading> readings, Moment now, Ruling ruling) {
    if (memory.watched.isEmpty()) {
      return;
    }
    for (var entry : List.copyOf(memory.watched.entrySet())) {
      var watch = entry.getValue();
      for (var reading : readings) {
        if (watch.point().equals(reading.point())
            && !reading.at().isBefore(watch.moved())
            && shows(reading, watch.value())) {
          finish(memory, entry.getKey(), new Outcome.Done(reading.value()), now, ruling);
          break;
        }
      }
    }
  }

  /** Ends leases and waits whose time has come. */
  public void tick(Memory memory, Moment now, Ruling ruling) {
    var wake = memory.wake();
    if (wake == null || now.sinceBoot().compareTo(wake) < 0) {
      return;
    }
    memory.outputs.values().forEach(output -> output.expire(now));
    for (var entry : new ArrayList<>(memory.watched.entrySet())) {
      if (!now.isBefore(entry.getValue().until())) {
        finish(memory, entry.getKey(), new Outcome.Failed("not observed"), now, ruling);
      }
    }
    settle(memory, ruling);
  }

  private void again(Known seen, Command command, Moment now, Ruling ruling) {
    if (!seen.fingerprint().equals(command.fingerprint())) {
      ruling.repeat(now, command.id(), new Outcome.Rejected("conflict"));
    } else if (seen.outcome() != null) {
      ruling.repeat(now, command.id(), seen.outcome());
    } else {
      ruling.tell(command.id(), Progress.ACCEPTED);
    }
  }

  private static boolean shows(Reading reading, Value wanted) {
    if (wanted instanceof Value.Num(var a) && reading.value() instanceof Value.Num(var b)) {
      return Math.abs(a - b) <= TOLERANCE;
    }
    return wanted.equals(reading.value());
  }

  private void finish(Memory memory, String id, Outcome outcome, Moment now, Ruling ruling) {
    memory.watched.remove(id);
    memory.changed();
    var known = memory.known.get(id);
    end(memory, id, known == null ? "" : known.fingerprint(), outcome, now, ruling);
  }

  private void end(
      Memory memory, String id, String fingerprint, Outcome outcome, Moment now, Ruling ruling) {
    memory.known.put(id, new Known(id, fingerprint, outcome));
    ruling.end(now, id, outcome);
  }

  /** Moves every output that is not where its owner wants it; a master before its zones. */
  private void settle(Memory memory, Ruling ruling) {
    follow(memory);
    for (var output : memory.outputs.values()) {
      var due = output.due(safe(output.point()));
      if (due != null) {
        ruling.move(output.point(), due);
      }
    }
    memory.changed();
  }

  /** A master valve is open while a zone below it is meant to be, and else shut. */
  private void follow(Memory memory) {
    var open = new HashMap<Point, Boolean>();
    masters.forEach(
        (valve, master) -> open.merge(master, isOpen(memory, valve), Boolean::logicalOr));
    open.forEach(
        (master, wanted) -> {
          var output = memory.outputs.get(master);
          if (output != null) {
            output.hold(new Owner(Issuer.PROGRAMME, "zones", new Value.Num(wanted ? 1 : 0), null));
          }
        });
  }

  private static boolean isOpen(Memory memory, Point valve) {
    var output = memory.outputs.get(valve);
    var owner = output == null ? null : output.owner();
    return owner != null && owner.value() instanceof Value.Num(var share) && share > 0;
  }

  /** What an output does when nobody holds it: valves are shut; a lamp stays as it is. */
  private static @Nullable Value safe(Point point) {
    return point.name().equals("valve") ? new Value.Num(0) : null;
  }
}
