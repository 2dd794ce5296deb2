package org.kerbside.gateway.desk;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;

/** One interlock on one output. Belongs to control's thread. */
sealed interface Lock {

  /** Why {@code asker} may not have it on now; null when this interlock has nothing against it. */
  @Nullable String holds(Issuer asker, Moment now);

  /** When time alone may change that; null when it does not. */
  @Nullable Moment next(Moment now);

  /** What a restart must not forget; empty where there is nothing. */
  default Note note(Moment now) {
    return new Note();
  }

  /** Goes on with what was noted. */
  default void recall(Note note, Bridge bridge) {}

  /** By a gauge, which must leave the limit behind to set it free. Unknown changes nothing. */
  final class Cold implements Lock {
    private final Interlock.Bound.Frost bound;
    private final List<Point> gauges; // the first that is known counts
    private final Sight sight;
    private @Nullable String cold;

    Cold(Interlock.Bound.Frost bound, List<Point> gauges, Sight sight) {
      this.bound = bound;
      this.gauges = gauges;
      this.sight = sight;
    }

    @Override
    public @Nullable String holds(Issuer asker, Moment now) {
      var gauge = sight.first(gauges);
      if (gauge != null && gauge.number() <= bound.limit()) {
        cold = "%s, off at %s".formatted(gauge, bound.limit());
      } else if (gauge != null && gauge.number() > bound.again()) {
        cold = null;
      }
      return cold;
    }

    @Override
    public Note note(Moment now) {
      return new Note().put("cold", cold);
    }

    @Override
    public void recall(Note note, Bridge bridge) {
      cold = note.text("cold");
    }

    @Override
    public @Nullable Moment next(Moment now) {
      return null;
    }
  }

  /** By a gauge that jumps. Unknown changes nothing. */
  final class Windy implements Lock {
    private final Interlock.Bound.Wind bound;
    private final List<Point> gauges;
    private final Sight sight;
    private @Nullable String windy;
    private @Nullable Moment since; // when it was last windy, or not known to be calm

    Windy(Interlock.Bound.Wind bound, List<Point> gauges, Sight sight) {
      this.bound = bound;
      this.gauges = gauges;
      this.sight = sight;
    }

    @Override
    public @Nullable String holds(Issuer asker, Moment now) {
      var gauge = sight.first(gauges);
      if (gauge != null && gauge.number() > bound.limit()) {
        windy = "%s, off above %s".formatted(gauge, bound.limit());
        since = now;
      } else if (gauge == null && windy != null) {
        since = now;
      } else if (since != null && now.since(since).compareTo(bound.calm()) >= 0) {
        windy = null;
        since = null;
      }
      return windy;
    }

    @Override
    public Note note(Moment now) {
      return new Note().put("windy", windy).put("since", since);
    }

    @Override
    public void recall(Note note, Bridge bridge) {
      windy = note.text("windy");
      since = note.moment("since", bridge);
    }

    @Override
    public @Nullable Moment next(Moment now) {
      return since == null ? null : since.plus(bound.calm());
    }
  }

  /** Until what it hangs on was heard. */
  final class Starting implements Lock {
    private Moment until;
    private final List<Point> gauges;
    private final Sight sight;

    Starting(Moment until, List<Point> gauges, Sight sight) {
      this.until = until;
      this.gauges = gauges;
      this.sight = sight;
    }

    @Override
    public @Nullable String holds(Issuer asker, Moment now) {
      return now.isBefore(until) && sight.first(gauges) == null
          ? "just started, and no thermometer was heard yet"
          : null;
    }

    @Override
    public Note note(Moment now) {
      return new Note().put("until", until);
    }

    /** Not at a start: it begins as long as ever with each. */
    void takeOver(Note note, Bridge bridge) {
      var noted = note.moment("until", bridge);
      until = noted == null ? until : noted;
    }

    @Override
    public @Nullable Moment next(Moment now) {
      return now.isBefore(until) ? until : null;
    }
  }

  /** By how long it is on at a stretch: who is off for less than a rest goes on with his. */
  final class Run implements Lock {
    private final Duration longest;
    private final Duration rest;
    private @Nullable Moment on; // as if it had been on since
    private @Nullable Moment off; // since when it is off
    private Duration spent = Duration.ZERO; // of the stretch that ended then
    private @Nullable Moment free;

    Run(Duration longest, Duration rest) {
      this.longest = longest;
      this.rest = rest;
    }

    /** It was moved. */
    void moved(boolean isOn, Moment now) {
      if (isOn && on == null) {
        boolean hasRested = off == null || now.since(off).compareTo(rest) >= 0;
        on = hasRested ? now : now.plus(spent.negated());
      } else if (!isOn && on != null) {
        spent = now.since(on);
        off = now;
        on = null;
      }
    }

    @Override
    public Note note(Moment now) {
      var note = new Note().put("free", free);
      var stretch = on == null ? spent : now.since(on);
      return stretch.isZero()
          ? note
          : note.put("spent", stretch).put("off", on == null ? off : now);
    }

    /** It was shut when the process ended, or is by now. */
    @Override
    public void recall(Note note, Bridge bridge) {
      free = note.moment("free", bridge);
      off = note.moment("off", bridge);
      var known = note.span("spent");
      spent = known == null ? Duration.ZERO : known;
    }

    @Override
    public @Nullable String holds(Issuer asker, Moment now) {
      if (on != null && !now.isBefore(on.plus(longest))) {
        free = now.plus(rest);
        off = now;
        spent = Duration.ZERO;
        on = null;
      }
      return free != null && now.isBefore(free)
          ? "on for %d min, rests for %d min".formatted(longest.toMinutes(), rest.toMinutes())
          : null;
    }

    @Override
    public @Nullable Moment next(Moment now) {
      if (on != null) {
        return on.plus(longest);
      }
      return free != null && now.isBefore(free) ? free : null;
    }
  }

  /** By the master above. */
  final class Master implements Lock {
    private final Output master;

    Master(Output master) {
      this.master = master;
    }

    @Override
    public @Nullable String holds(Issuer asker, Moment now) {
      var holder = master.wish();
      if (holder != null && holder.issuer() != Issuer.PROGRAMME && !Trait.isOn(holder.value())) {
        return "%s is held shut by %s".formatted(master.point(), holder.by());
      }
      return master.isUndone() ? "%s would not open".formatted(master.point()) : null;
    }

    @Override
    public @Nullable Moment next(Moment now) {
      return null;
    }
  }

  /** By the others of the same master. The higher issuer comes first, then who is on already. */
  final class Turn implements Lock {
    private final Output self;
    private final List<Output> all;
    private final int atOnce;

    Turn(Output self, List<Output> all, int atOnce) {
      this.self = self;
      this.all = all; // filled by who makes it
      this.atOnce = atOnce;
    }

    @Override
    public @Nullable String holds(Issuer asker, Moment now) {
      int before = 0;
      Output last = self;
      for (var other : all) {
        if (other != self && goesBefore(other, asker, now)) {
          before++;
          last = other;
        }
      }
      return before < atOnce ? null : "%s is on".formatted(last.point());
    }

    private boolean goesBefore(Output other, Issuer asker, Moment now) {
      var wish = other.wish();
      if (wish == null || !Trait.isOn(wish.value()) || other.isHeldAlone(now)) {
        return false;
      }
      if (wish.issuer() != asker) {
        return wish.issuer().outranks(asker);
      }
      return other.isOn() == self.isOn()
          ? other.point().index() < self.point().index()
          : other.isOn();
    }

    @Override
    public @Nullable Moment next(Moment now) {
      return null;
    }
  }
}
