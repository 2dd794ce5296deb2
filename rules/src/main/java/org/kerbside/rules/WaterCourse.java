package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
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

    private void stop() {
      zone = spots.size();
      pour = null;
    }

    private Note note() {
      var note = new Note();
      if (begun != null) {
        note.put("begun", begun.toEpochDay());
      }
      return pour == null || isOver()
          ? note
          : note.put("zone", spots.get(zone).asset()).put("pour", pour.note());
    }

    private void recall(Note note, Moment now) {
      long day = note.whole("begun");
      begun = day == 0 ? null : LocalDate.ofEpochDay(day);
      for (int i = 0; i < spots.size(); i++) {
        if (spots.get(i).asset().equals(note.text("zone"))) {
          zone = i;
          pour = Pour.recall(spots.get(i), note.note("pour"), now);
        }
      }
    }
  }

  WaterCourse(Watering watering) {
    this.watering = watering;
    usage = new Usage(watering.budget(), watering.times().zone());
    for (var spots : watering.lines()) {
      var line = new Line(spots);
      line.stop();
      lines.add(line);
    }
  }

  @Override
  public void decide(Look look, Draft draft) {
    var wall = look.wall();
    if (wall == null) {
      lines.forEach(Line::stop);
    } else {
      if (isRecalled && last != null && isLong(last.wall(), wall)) {
        lines.forEach(Line::stop);
      }
      usage.look(look, wall);
      lines.forEach(line -> go(line, look, wall, draft));
      last = look.now();
      isRecalled = false;
    }
    lines.forEach(line -> order(line, draft));
  }

  private static boolean isLong(Instant before, Instant wall) {
    return Duration.between(before, wall).abs().compareTo(LATEST) > 0;
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
      line.pour = new Pour(spot, look.now());
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

  @Override
  public Note note() {
    if (last == null) {
      return new Note();
    }
    return new Note()
        .put("last", last.wall().toEpochMilli())
        .put("usage", usage.note())
        .put("lines", lines.stream().map(Line::note).toList());
  }

  /** Goes on where an earlier process ended, unless that was too long ago. */
  @Override
  public void recall(Note note, Moment now) {
    var kept = note.notes("lines");
    if (kept.size() != lines.size()) {
      return; // Another programme, or none.
    }
    last = new Moment(Instant.ofEpochMilli(note.whole("last")), ClockQuality.HOLD, now.sinceBoot());
    isRecalled = true;
    usage.recall(note.note("usage"));
    for (int i = 0; i < lines.size(); i++) {
      lines.get(i).recall(kept.get(i), now);
    }
  }
}
