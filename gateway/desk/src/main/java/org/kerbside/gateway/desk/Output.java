package org.kerbside.gateway.desk;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/**
 * One output: who wants what of it, and what keeps it from that. The highest issuer has it, and an
 * interlock goes before them all. Belongs to control's thread.
 */
final class Output {

  private final Point point;
  private final Trait trait;
  private final List<NamedLock> locks = new ArrayList<>(); // filled while the desk is made
  private final @Nullable Floor floor;

  // As long as somebody wants it.
  private final Map<Issuer, Owner> wishes = new EnumMap<>(Issuer.class);

  // Of the last look.
  private @Nullable Held held;
  private @Nullable Owner owner;

  // For as long as the process lives.
  private @Nullable Value ordered; // what was last moved
  private boolean isOn; // likewise; stays when a move was not made
  private @Nullable Moment switched; // on or off, the last time
  private @Nullable Moment again; // while a refused move waits to be tried again
  private String refusal = ""; // of that move
  private @Nullable Moment waits; // while it stays on or off for its least time
  private @Nullable Proof proof;
  private boolean goesOn; // as an earlier desk left it, until everybody was asked anew
  private boolean isDoubted; // the city knows that it does not do what is ordered

  /** An interlock by its name. */
  record NamedLock(String name, Lock lock) {}

  /** What keeps it from what somebody wants of it, and why. */
  record Held(String name, String why, Owner from) {}

  Output(Point point, Trait trait, @Nullable Floor floor) {
    this.point = point;
    this.trait = trait;
    this.floor = floor;
  }

  void add(NamedLock lock) {
    locks.add(lock);
  }

  Point point() {
    return point;
  }

  Trait trait() {
    return trait;
  }

  void hold(Owner wish) {
    wishes.put(wish.issuer(), wish);
  }

  void release(Issuer issuer) {
    wishes.remove(issuer);
  }

  /** It is as an earlier desk left it, and stays so until {@link #takenOver}. */
  void takeOver() {
    goesOn = true;
  }

  void takenOver() {
    goesOn = false;
  }

  /** Who would have it, were there no interlock. */
  @Nullable Owner wish() {
    // Issuers are declared highest first, and an EnumMap keeps that order.
    return wishes.values().stream().findFirst().orElse(null);
  }

  @Nullable Owner wish(Issuer issuer) {
    return wishes.get(issuer);
  }

  /** Who has it; an interlock has it as safety, under its own name. */
  @Nullable Owner owner() {
    return owner;
  }

  @Nullable Held held() {
    return held;
  }

  boolean isOn() {
    return isOn;
  }

  /** Whether something other than its turn among its neighbours keeps it off. */
  boolean isHeldAlone(Moment now) {
    var wish = wish();
    return wish != null
        && locks.stream()
            .filter(named -> !(named.lock() instanceof Lock.Turn))
            .anyMatch(named -> named.lock().holds(wish.issuer(), now) != null);
  }

  /** The interlock that a command would run against now; null when there is none. */
  @Nullable String refuses(Issuer asker, Value value, Moment now) {
    if (floor != null && floor.refuses(asker, value, wish(Issuer.PROGRAMME))) {
      return Floor.NAME;
    }
    return Trait.isOn(value)
        ? locks.stream()
            .filter(named -> named.lock().holds(asker, now) != null)
            .map(NamedLock::name)
            .findFirst()
            .orElse(null)
        : null;
  }

  /** Finds out who has it now. */
  void look(Moment now) {
    var wish = wish();
    var programme = wish(Issuer.PROGRAMME);
    if (floor != null && floor.lifts(wish, programme, now) && programme != null && wish != null) {
      held = new Held(Floor.NAME, "dark for a lease of this night", wish);
      owner = new Owner(Issuer.SAFETY, Floor.NAME, programme.value(), null);
      return;
    }
    held = wish == null ? null : heldFrom(wish, now);
    owner =
        held == null || wish == null
            ? wish
            : new Owner(Issuer.SAFETY, held.name(), Trait.off(wish.value()), null);
  }

  private @Nullable Held heldFrom(Owner wish, Moment now) {
    Held first = null;
    for (var named : locks) { // All of them: each has to know the time.
      var why = named.lock().holds(wish.issuer(), now);
      if (first == null && why != null && Trait.isOn(wish.value())) {
        first = new Held(named.name(), why, wish);
      }
    }
    return first;
  }

  /** What it should do now; null where nobody says. */
  @Nullable Value wanted() {
    return owner == null ? trait.idle() : owner.value();
  }

  /** The value that it must be moved to now; null when it is there already, or has to wait. */
  @Nullable Value due(Moment now) {
    waits = null;
    var wanted = wanted();
    if (wanted == null || wanted.equals(ordered) || again != null || goesOn) {
      return null;
    }
    if (Trait.isOn(wanted) != isOn && !isUrgent(wanted) && switched != null) {
      var free = switched.plus(isOn ? trait.minOn() : trait.minOff());
      if (now.isBefore(free)) {
        waits = free;
        return null;
      }
    }
    return wanted;
  }

  private boolean isUrgent(Value wanted) {
    return !Trait.isOn(wanted) && owner != null && owner.issuer() == Issuer.SAFETY;
  }

  /** It is moved to what {@link #due} said. */
  void moved(Value value, Moment now) {
    boolean on = Trait.isOn(value);
    if (on != isOn) {
      switched = now;
    }
    isOn = on;
    refusal = "";
    int tries = proof != null && proof.value().equals(value) ? proof.tries() + 1 : 1;
    proof = isAsked() ? null : new Proof(value, now, now.plus(trait.verify()), tries, null, null);
    ordered = value;
    for (var named : locks) {
      if (named.lock() instanceof Lock.Run run) {
        run.moved(on, now);
      }
    }
  }

  /** A command's effect is its outcome's affair, and it moves at most once. */
  private boolean isAsked() {
    return owner != null && (owner.issuer() == Issuer.CREW || owner.issuer() == Issuer.CITY);
  }

  /**
   * The last move was not made: it is due again, not before {@code retry}.
   *
   * @param why as its driver says
   */
  void undone(String why, Moment retry) {
    ordered = null;
    proof = null;
    again = retry;
    refusal = why;
  }

  boolean isUndone() {
    return again != null;
  }

  @Nullable Proof proof() {
    return proof;
  }

  void prove(@Nullable Proof next) {
    proof = next;
  }

  /** What a restart must not forget. */
  Note note(Moment now) {
    var leases = wishes.values().stream().filter(wish -> wish.until() != null).map(Output::note);
    var note =
        new Note()
            .put("switched", switched)
            .put("on", isOn)
            .put("ordered", ordered)
            .put("leases", leases.toList());
    for (var named : locks) {
      var lock = named.lock().note(now);
      if (!lock.isEmpty()) {
        note.put(named.name(), lock);
      }
    }
    return floor == null || floor.note(now).isEmpty() ? note : note.put("floor", floor.note(now));
  }

  private static Note note(Owner wish) {
    return new Note()
        .put("issuer", wish.issuer())
        .put("by", wish.by())
        .put("value", wish.value())
        .put("until", wish.until());
  }

  /**
   * Goes on with what was noted. A lease goes on without a move, for its command moved it: the
   * output has to show that it still does so. What was shut at this start has no lease any more.
   */
  void recall(Note note, Bridge bridge, Moment now) {
    switched = note.moment("switched", bridge);
    locks.forEach(named -> named.lock().recall(note.note(named.name()), bridge));
    if (floor != null) {
      floor.recall(note.note("floor"));
    }
    if (trait.idle() == null || goesOn) {
      isOn = note.flag("on");
      note.notes("leases").forEach(lease -> resume(lease, bridge, now));
    }
    if (goesOn) {
      ordered = note.value("ordered");
      locks.forEach(named -> takeOver(named, note.note(named.name()), bridge, now));
    }
  }

  private void takeOver(NamedLock named, Note note, Bridge bridge, Moment now) {
    switch (named.lock()) {
      case Lock.Run run -> run.moved(isOn, now);
      case Lock.Starting starting -> starting.takeOver(note, bridge);
      case Lock.Cold cold -> {}
      case Lock.Windy windy -> {}
      case Lock.Master master -> {}
      case Lock.Turn turn -> {}
    }
  }

  private void resume(Note lease, Bridge bridge, Moment now) {
    var issuer = lease.word("issuer", Issuer.class);
    var value = lease.value("value");
    var until = lease.moment("until", bridge);
    var by = lease.text("by");
    if (issuer == null || value == null || until == null || by == null || !now.isBefore(until)) {
      return;
    }
    hold(new Owner(issuer, by, value, until));
    var highest = wish();
    if (highest != null && highest.issuer() == issuer) {
      ordered = value;
      isOn = Trait.isOn(value);
      proof = new Proof(value, now, now.plus(trait.verify()), Proof.MOST_TRIES, null, issuer);
    }
  }

  /** The last move is made anew: it did not show. */
  void repeat() {
    ordered = null;
  }

  /** Why it does not do what its owner wants; null while it does, as far as is known. */
  @Nullable String trouble() {
    if (!refusal.isEmpty()) {
      return refusal;
    }
    return isDoubted ? "it shows otherwise" : null;
  }

  boolean isDoubted() {
    return isDoubted;
  }

  void doubt(boolean doubted) {
    isDoubted = doubted;
  }

  /** Lets go of every wish whose lease has ended. */
  void expire(Moment now) {
    if (again != null && !now.isBefore(again)) {
      again = null;
    }
    wishes.values().removeIf(wish -> wish.until() != null && !now.isBefore(wish.until()));
  }

  /** When time alone may change something; null when it does not. */
  @Nullable Moment next(Moment now) {
    Moment next = earlier(again, waits);
    next = earlier(next, floor == null ? null : floor.next());
    next = earlier(next, proof == null || proof.otherwise() == null ? null : proof.until());
    for (var wish : wishes.values()) {
      next = earlier(next, wish.until());
    }
    for (var named : locks) {
      next = earlier(next, named.lock().next(now));
    }
    return next;
  }

  static @Nullable Moment earlier(@Nullable Moment a, @Nullable Moment b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    return b.isBefore(a) ? b : a;
  }

  /** What it does while nobody is there; null to stay as it is. */
  @Nullable Value safe() {
    if (trait.rest() != null) {
      return trait.rest();
    }
    var programme = wish(Issuer.PROGRAMME);
    return programme == null ? null : programme.value();
  }

  @Nullable Value ordered() {
    return ordered;
  }
}
