package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Value;
import org.kerbside.rules.Watering.Spot;

/** A programme of water under way: which zone is being watered, and what it has had. */
final class WaterCourse implements Course {

  /** Who was not there at the start, still begins so long after it. */
  static final Duration LATEST = Duration.ofHours(1);

  /** A wall clock that moves by more against the time since boot was set; it starts nothing. */
  private static final Duration STEP = Duration.ofMinutes(2);

  private static final double MILLILITRE = 1e-6; // m3; counters are summed in binary

  private static final Value OPEN = new Value.Num(1);
  private static final Value SHUT = new Value.Num(0);

  private final Watering watering;
  private final List<Line> lines = new ArrayList<>();
  private final Usage usage;
  private @Nullable Moment last; // when it was last asked and knew the time
  private boolean isRecalled; // by an earlier process, whose time since boot is another

  /** The zones of one master. */
  private static final class Line {
    private final List<Spot> spots;
    private @Nullable LocalDate begun; // the last day on which it was watered
    private int zone; // whose turn it is, while there is one
    private @Nullable Pour pour;

    private Line(List<Spot> spots) {
      this.spots = spots;
    }

    private void begin(LocalDate day) {
      begun = day;
      zone = 0;
      pour = null;
    }

    private void next() {
      zone++;
      pour = null;
    }

    private boolean isOver() {
      return zone >= spots.size();
    }
  }

  /**
   * As much of a line as outlives the process.
   *
   * @param zone whose turn it was; none any more when there are no more
   * @param water cubic metres that it has had, as {@code ran}
   */
  record Kept(@Nullable LocalDate begun, int zone, Duration ran, double water) {}

  WaterCourse(Watering watering) {
    this.watering = watering;
    usage = new Usage(watering.budget(), watering.times().zone());
    for (var spots : watering.lines()) {
      var line = new Line(spots);
      line.zone = spots.size();
      lines.add(line);
    }
  }

  @Override
  public void decide(Look look, Draft draft) {
    var wall = look.wall();
    if (wall == null) {
      lines.forEach(line -> line.zone = line.spots.size());
    } else {
      usage.look(look, wall);
      lines.forEach(line -> go(line, look, wall, draft));
      last = look.now();
      isRecalled = false;
    }
    lines.forEach(line -> order(line, draft));
  }

  private void order(Line line, Draft draft) {
    for (int i = 0; i < line.spots.size(); i++) {
      boolean isOpen = i == line.zone && line.pour != null;
      draft.order(line.spots.get(i).valve(), isOpen ? OPEN : SHUT, watering.name());
    }
  }

  private void go(Line line, Look look, Instant wall, Draft draft) {
    var today = watering.times().day(wall);
    for (int near = -1; near <= 0; near++) {
      var day = today.plusDays(near);
      if (line.isOver()
          && isDue(watering.times().begin(day), look.now())
          && !day.equals(line.begun)) {
        line.begin(day);
      }
    }
    while (!line.isOver() && !isWatered(line, look, draft)) {
      line.next();
    }
    for (int near = 0; near <= 1; near++) {
      var begin = watering.times().begin(today.plusDays(near));
      draft.waits(begin != null && begin.isAfter(wall) ? begin : null, wall);
    }
  }

  /** Whether its time came since it was last asked, and not because the clock was set. */
  private boolean isDue(@Nullable Instant begin, Moment now) {
    if (begin == null || last == null || !last.wall().isBefore(begin)) {
      return false;
    }
    var late = Duration.between(begin, now.wall());
    return !late.isNegative() && late.compareTo(LATEST) <= 0 && !isSet(last, now);
  }

  private boolean isSet(Moment before, Moment now) {
    var apart = Duration.between(before.wall(), now.wall()).minus(now.since(before)).abs();
    return !isRecalled && apart.compareTo(STEP) > 0;
  }

  /** Whether the zone whose turn it is gets water now; if not, the next is to be asked. */
  private boolean isWatered(Line line, Look look, Draft draft) {
    var spot = line.spots.get(line.zone);
    if (line.pour == null) {
      var why = refusal(spot, look);
      if (why != null) {
        draft.tell("not-watered", spot.asset(), watering.name(), why);
        return false;
      }
      line.pour = new Pour(spot, look);
    }
    var pour = line.pour;
    pour.look(look);
    if (pour.isHeldBack()) {
      draft.tell("not-watered", spot.asset(), watering.name(), "the valve is held shut");
      return false;
    }
    if (isEnough(spot, pour, look)) {
      return false;
    }
    var used = usage.refuses();
    if (used != null) {
      draft.tell("not-watered", spot.asset(), watering.name(), used);
      return false;
    }
    draft.waits(pour.left(length(spot)));
    return true;
  }

  private @Nullable String refusal(Spot spot, Look look) {
    if (spot.skip() != null && spot.skip().test(look.rules()) == Truth.TRUE) {
      return "its reason to skip holds";
    }
    if (spot.until() != null) {
      switch (spot.until().test(look.rules())) {
        case TRUE -> {
          return "it has enough";
        }
        case UNKNOWN -> {
          return "nobody knows whether it has enough";
        }
        case FALSE -> {}
      }
    }
    return usage.refuses();
  }

  private boolean isEnough(Spot spot, Pour pour, Look look) {
    boolean has =
        switch (watering.need()) {
          case Watering.Need.Volume(var water) -> pour.water() >= water - MILLILITRE;
          case Watering.Need.Run run -> false;
          case Watering.Need.Until until ->
              spot.until() == null || spot.until().test(look.rules()) != Truth.FALSE;
        };
    return has || pour.ran().compareTo(length(spot)) >= 0;
  }

  private Duration length(Spot spot) {
    return watering.need() instanceof Watering.Need.Run(var length)
            && length.compareTo(spot.longest()) < 0
        ? length
        : spot.longest();
  }

  /** What must not be forgotten with the process, line by line. */
  List<Kept> kept() {
    return lines.stream()
        .map(
            line -> {
              var ran = line.pour == null ? Duration.ZERO : line.pour.ran();
              var water = line.pour == null ? 0 : line.pour.water();
              return new Kept(line.begun, line.zone, ran, water);
            })
        .toList();
  }

  /**
   * Goes on where an earlier process ended.
   *
   * @param until when that process last knew the time; it wanted no more after {@link #LATEST}
   */
  void recall(List<Kept> earlier, Instant until, Look look) {
    last = new Moment(until, ClockQuality.HOLD, look.now().sinceBoot());
    isRecalled = true;
    var wall = look.wall();
    boolean isRecent = wall != null && Duration.between(until, wall).abs().compareTo(LATEST) <= 0;
    for (int i = 0; i < Math.min(lines.size(), earlier.size()); i++) {
      var line = lines.get(i);
      var kept = earlier.get(i);
      line.begun = kept.begun();
      if (isRecent && kept.zone() < line.spots.size()) {
        line.zone = kept.zone();
        line.pour = new Pour(line.spots.get(kept.zone()), look, kept);
      }
    }
  }

  Usage usage() {
    return usage;
  }

  @Nullable Instant last() {
    return last == null ? null : last.wall();
  }
}
