package org.kerbside.gateway.desk;

import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/** The commands that were heard of: once per id, one outcome each. Belongs to control's thread. */
final class Ledger {

  /** Ids remembered here, the newest. The journal knows older ones, and is asked before a move. */
  static final int MOST_KNOWN = 5_000;

  /** New ids of one issuer a second; a repeated one costs nothing and moves nothing. */
  static final int A_SECOND = 10;

  /**
   * New ids of one issuer a day. So many of both, and as many at once before, are what the journal
   * keeps in the seven days for which an id is known.
   */
  static final int A_DAY = 6_000;

  private final Map<String, Known> known =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MOST_KNOWN;
        }
      };
  private final Map<String, Command> waiting = new LinkedHashMap<>(); // accepted, not durable yet
  private final Map<String, Running> running = new LinkedHashMap<>(); // moved, not seen yet
  private final Map<Issuer, Tokens> tokens = new EnumMap<>(Issuer.class);

  /**
   * A command whose effect is to be seen.
   *
   * @param held who holds the output for it; absent for one that a crash cut off, which nobody
   *     moves again
   * @param from what was said before shows nothing
   * @param until it must have been seen
   */
  private record Running(
      Point point, Value value, @Nullable Owner held, Moment from, Moment until) {}

  /** What an issuer may still ask. */
  private static final class Tokens {
    private double left = 2 * A_SECOND;
    private double leftToday = A_DAY;
    private Moment filled;

    private Tokens(Moment filled) {
      this.filled = filled;
    }

    private boolean spend(Moment now) {
      double seconds = now.since(filled).toNanos() / 1e9;
      left = Math.min(2 * A_SECOND, left + seconds * A_SECOND);
      leftToday = Math.min(A_DAY, leftToday + seconds * A_DAY / Duration.ofDays(1).toSeconds());
      filled = now;
      if (left < 1 || leftToday < 1) {
        return false;
      }
      left--;
      leftToday--;
      return true;
    }
  }

  @Nullable Known known(String id) {
    return known.get(id);
  }

  boolean isFlooded(Issuer issuer, Moment now) {
    return !tokens.computeIfAbsent(issuer, i -> new Tokens(now)).spend(now);
  }

  void accept(Command command, Ruling ruling) {
    known.put(command.id(), new Known(command.id(), command.fingerprint(), command, null));
    waiting.put(command.id(), command);
    ruling.accepted().add(command);
    ruling.tell(command.id(), Progress.ACCEPTED);
  }

  /** Its id is durable; null when it is none that waits. */
  @Nullable Command durable(String id) {
    return waiting.remove(id);
  }

  /** It is as if it had never come. */
  void forget(String id, Moment now, Ruling ruling) {
    if (waiting.remove(id) != null) {
      known.remove(id);
      ruling.takeBack(id);
      ruling.repeat(now, id, new Outcome.Rejected("storage"));
    }
  }

  void run(Command command, Point point, Owner held, Moment now, Moment until) {
    running.put(command.id(), new Running(point, held.value(), held, now, until));
  }

  /** An earlier run died over it. The output is left alone; what it shows decides. */
  void cutOff(Known cut, @Nullable Point point, Moment now, Moment until, Ruling ruling) {
    known.put(cut.id(), cut);
    var value = cut.unfinished() == null ? null : cut.unfinished().value();
    if (point == null || value == null) {
      end(cut.id(), cut.fingerprint(), INTERRUPTED, now, ruling);
    } else {
      running.put(cut.id(), new Running(point, value, null, now, until));
    }
  }

  private static final Outcome INTERRUPTED = new Outcome.Failed("interrupted");
  private static final Outcome NOT_OBSERVED = new Outcome.Failed("not observed");

  void remember(Known earlier) {
    known.put(earlier.id(), earlier);
  }

  /** The journal knows an id that is forgotten here. */
  void recall(Known earlier, Moment now, Ruling ruling) {
    var command = waiting.remove(earlier.id());
    if (command != null) {
      known.put(earlier.id(), earlier);
      again(earlier, command, now, ruling);
    }
  }

  /** A repeated id gets what it got, or will get. */
  void again(Known seen, Command command, Moment now, Ruling ruling) {
    if (!seen.isOf(command)) {
      ruling.repeat(now, command.id(), new Outcome.Rejected("conflict"));
    } else if (seen.outcome() != null) {
      ruling.repeat(now, command.id(), seen.outcome());
    } else {
      ruling.tell(
          command.id(), running.containsKey(command.id()) ? Progress.RUNNING : Progress.ACCEPTED);
    }
  }

  /** What the points show: the end of commands whose effect is seen. */
  void observe(List<Reading> readings, Moment now, Ruling ruling) {
    if (running.isEmpty()) {
      return;
    }
    for (var entry : List.copyOf(running.entrySet())) {
      var one = entry.getValue();
      for (var reading : readings) {
        if (one.point().equals(reading.point())
            && !reading.at().isBefore(one.from())
            && Proof.shows(reading, one.value())) {
          finish(entry.getKey(), new Outcome.Done(reading.value()), now, ruling);
          break;
        }
      }
    }
  }

  /** Ends what can no longer show, because another has the output by now. */
  void overtaken(Panel panel, Moment now, Ruling ruling) {
    for (var entry : List.copyOf(running.entrySet())) {
      var one = entry.getValue();
      var output = panel.output(one.point());
      if (one.held() == null || output == null || one.value().equals(output.wanted())) {
        continue;
      }
      finish(entry.getKey(), why(one.held(), output, now), now, ruling);
    }
  }

  private static Outcome why(Owner mine, Output output, Moment now) {
    var held = output.held();
    if (held != null && held.from().equals(mine)) {
      return new Outcome.Failed(Judge.INTERLOCK + held.name());
    }
    return mine.until() != null && !now.isBefore(mine.until())
        ? NOT_OBSERVED
        : new Outcome.Failed("superseded");
  }

  void overdue(Moment now, Ruling ruling) {
    for (var entry : List.copyOf(running.entrySet())) {
      var one = entry.getValue();
      if (!now.isBefore(one.until())) {
        finish(entry.getKey(), one.held() == null ? INTERRUPTED : NOT_OBSERVED, now, ruling);
      }
    }
  }

  private void finish(String id, Outcome outcome, Moment now, Ruling ruling) {
    running.remove(id);
    var seen = known.get(id);
    end(id, seen == null ? "" : seen.fingerprint(), outcome, now, ruling);
  }

  void end(String id, String fingerprint, Outcome outcome, Moment now, Ruling ruling) {
    known.put(id, new Known(id, fingerprint, null, outcome));
    ruling.end(now, id, outcome);
  }

  /** When the next must have been seen; null when none runs. */
  @Nullable Moment next() {
    Moment next = null;
    for (var one : running.values()) {
      next = Output.earlier(next, one.until());
    }
    return next;
  }
}
