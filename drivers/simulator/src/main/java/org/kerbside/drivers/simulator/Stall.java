package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;

/** A stall with a radar and a door reed. The door stands open while nobody is inside. */
final class Stall implements Body {

  private static final Duration HEARTBEAT = Duration.ofMinutes(1);
  private static final Duration SETTLES = Duration.ofSeconds(12);
  private static final Duration LEAVES = Duration.ofSeconds(15);
  private static final long FLAPS = 10; // s that a flapping reed stays as it is
  private static final Duration SHUTS = Duration.ofSeconds(3);

  private final Visits visits;
  private final Chance radar;
  private final Pace pace;
  private Inside inside = Inside.EMPTY;
  private Inside told = Inside.EMPTY;
  private Cord cord = Cord.HANGING;
  private Cord toldCord = Cord.HANGING;
  private long uses;
  private @Nullable Instant sitsSince;

  Stall(long seed, String asset, Visits visits) {
    this.visits = visits;
    this.radar = Chance.of(seed, asset, "radar");
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.2);
  }

  /** What radar and reed see. */
  private record Inside(String presence, Visits.@Nullable Visit visit, Door door) {
    static final Inside EMPTY = new Inside("none", null, Door.OPEN);

    boolean looksLike(Inside other) {
      return presence.equals(other.presence) && door == other.door;
    }
  }

  private enum Cord {
    HANGING,
    PULLED
  }

  private enum Door {
    OPEN,
    SHUT
  }

  /** Stays begun since the street started. */
  long uses() {
    return uses;
  }

  /** Whether somebody has left it so lately. */
  boolean hasLeftWithin(Instant now, Duration span) {
    for (var visit : visits.around(now)) {
      if (!now.isBefore(visit.until()) && now.isBefore(visit.until().plus(span))) {
        return true;
      }
    }
    return false;
  }

  Visits visits() {
    return visits;
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {
    var visit = visits.at(scene.now());
    if (visit != null && !visit.equals(inside.visit())) {
      uses++;
    }
    if (faults.contains(Fault.LONG_OCCUPANCY)) {
      sitsSince = sitsSince == null ? scene.now() : sitsSince;
      boolean settled = !scene.now().isBefore(sitsSince.plus(SETTLES));
      inside = new Inside(settled ? "still" : "moving", visit, Door.SHUT);
    } else {
      sitsSince = null;
      inside = visit == null ? Inside.EMPTY : during(visit, scene);
    }
    if (faults.contains(Fault.FLAPPING)) {
      var door = scene.second() / FLAPS % 2 == 0 ? Door.OPEN : Door.SHUT;
      inside = new Inside(inside.presence(), visit, door);
    }
    cord = faults.contains(Fault.SOS) ? Cord.PULLED : Cord.HANGING;
  }

  private Inside during(Visits.Visit visit, Scene scene) {
    var now = scene.now();
    boolean shut =
        visit.door() == Visits.Door.SHUT
            && !now.isBefore(visit.from().plus(SHUTS))
            && now.isBefore(visit.until().minus(SHUTS));
    boolean busy =
        now.isBefore(visit.from().plus(SETTLES)) || !now.isBefore(visit.until().minus(LEAVES));
    return new Inside(
        busy ? "moving" : flicker(scene.second() / 5), visit, shut ? Door.SHUT : Door.OPEN);
  }

  /** A sitting person moves now and then, and sometimes the radar loses them for a moment. */
  private String flicker(long cell) {
    double turn = radar.even(cell);
    return turn < 0.01 ? "none" : turn < 0.06 ? "moving" : "still";
  }

  @Override
  public List<Sample> say(Scene scene) {
    if (inside.looksLike(told) && cord == toldCord && !pace.isDue(scene.now(), HEARTBEAT)) {
      return List.of();
    }
    pace.spoken(scene.now());
    told = inside;
    toldCord = cord;
    return List.of(
        Sample.of("presence", inside.presence()),
        Sample.of("shut", inside.door() == Door.SHUT),
        Sample.of("sos", cord == Cord.PULLED));
  }
}
