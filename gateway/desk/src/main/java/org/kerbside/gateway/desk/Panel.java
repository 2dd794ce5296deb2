package org.kerbside.gateway.desk;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/** Every output of the site, and what moves them. Belongs to control's thread. */
final class Panel {

  /** Under which name a master follows its zones. */
  private static final String ZONES = "zones";

  private final Wiring wiring;
  private final List<Output> order; // masters first, so that they open first
  private final Map<Output, Telling> told = new HashMap<>();

  Panel(Wiring wiring) {
    this.wiring = wiring;
    order = new ArrayList<>(wiring.below().keySet());
    for (var output : wiring.outputs().values()) {
      if (!wiring.below().containsKey(output)) {
        order.add(output);
      }
    }
  }

  @Nullable Output output(@Nullable Point point) {
    return point == null ? null : wiring.outputs().get(point);
  }

  List<Output> outputs() {
    return order;
  }

  /** Somebody asks for what was ordered before and does not show: that is a move of its own. */
  void ask(Output output, Owner held) {
    output.hold(held);
    if (held.value().equals(output.ordered())
        && wiring.sight().shows(output.point(), reading -> !Proof.shows(reading, held.value()))) {
      output.repeat();
    }
  }

  /** Moves every output that is not where its owner wants it. */
  void settle(Moment now, Ruling ruling) {
    for (var output : order) {
      if (!wiring.below().containsKey(output)) {
        output.look(now);
      }
    }
    wiring.below().forEach((master, zones) -> follow(master, zones, now));
    for (var output : order) {
      tell(output, now, ruling);
      var due = output.due(now);
      if (due != null) {
        output.moved(due, now);
        ruling.move(output.point(), due);
      }
    }
  }

  /** A master valve is open while a zone below it is meant to be, and else shut. */
  private static void follow(Output master, List<Output> zones, Moment now) {
    boolean isWanted = zones.stream().anyMatch(zone -> Trait.isOn(zone.wanted()));
    var share = new Value.Num(isWanted ? 1 : 0);
    master.hold(new Owner(Issuer.PROGRAMME, ZONES, share, null));
    master.look(now);
  }

  private void tell(Output output, Moment now, Ruling ruling) {
    told.computeIfAbsent(output, o -> new Telling()).tell(output, now, ruling);
  }

  /** Takes what the points show; whether anything may change for it. */
  boolean observe(List<Reading> readings, Moment now, Ruling ruling) {
    boolean matters = false;
    for (var reading : readings) {
      if (wiring.sight().hear(reading)) {
        var output = output(reading.point());
        matters |= output == null || proves(output, reading, now, ruling);
      }
    }
    return matters;
  }

  private static boolean proves(Output output, Reading reading, Moment now, Ruling ruling) {
    var ordered = output.ordered();
    boolean isCured = output.isDoubted() && ordered != null && Proof.shows(reading, ordered);
    if (isCured) {
      output.doubt(false);
      ruling.tell(new Event.Health(now, "observed", output.point().toString(), List.of()));
    }
    var before = output.proof();
    output.prove(before == null ? null : before.after(reading));
    return isCured || !Objects.equals(before, output.proof());
  }

  /** What has not shown in time is moved anew, and told when that was of no use. */
  void overdue(Moment now, Ruling ruling) {
    for (var output : order) {
      var proof = output.proof();
      if (proof == null || !proof.isOverdue(now)) {
        continue;
      }
      if (proof.lease() != null) {
        release(output, proof.lease(), proof, now, ruling);
      } else if (proof.tries() < Proof.MOST_TRIES) {
        output.repeat();
      } else {
        output.prove(null);
        doubt(output, proof, now, ruling);
      }
    }
  }

  /** A lease that outlived its process and does not show ends: nobody moves it a second time. */
  private static void release(
      Output output, Issuer lessee, Proof proof, Moment now, Ruling ruling) {
    var wish = output.wish(lessee);
    output.release(lessee);
    output.prove(null);
    output.repeat();
    var shown =
        "%s had %s, after the restart it shows %s"
            .formatted(
                wish == null ? lessee.word() : wish.by(),
                Telling.written(proof.value()),
                Telling.written(proof.otherwise()));
    ruling.tell(new Event.Health(now, "lease-lost", output.point().toString(), List.of(shown)));
  }

  private static void doubt(Output output, Proof proof, Moment now, Ruling ruling) {
    if (output.isDoubted()) {
      return;
    }
    output.doubt(true);
    var shown =
        "ordered %s, shows %s after %d times"
            .formatted(
                Telling.written(proof.value()), Telling.written(proof.otherwise()), proof.tries());
    ruling.tell(new Event.Health(now, "not-observed", output.point().toString(), List.of(shown)));
  }

  List<Output> goesOn(Predicate<? super Point> goesOn) {
    return order.stream().filter(output -> goesOn.test(output.point())).toList();
  }

  /** What a command or rule asked holds no longer: outputs do what is safe. */
  void rest(Predicate<? super Point> goesOn, Moment now, Ruling ruling) {
    for (var output : order) {
      var safe = goesOn.test(output.point()) ? null : output.safe();
      if (safe != null && !safe.equals(output.ordered())) {
        output.moved(safe, now);
        ruling.move(output.point(), safe);
      }
    }
  }

  Map<Integer, Owner> owners() {
    var owners = new HashMap<Integer, Owner>();
    for (var output : order) {
      var owner = output.owner();
      if (owner != null) {
        owners.put(output.point().index(), owner.in(output.trouble()));
      }
    }
    return Map.copyOf(owners);
  }

  @Nullable Moment next(Moment now) {
    Moment next = null;
    for (var output : order) {
      next = Output.earlier(next, output.next(now));
    }
    return next;
  }
}
