package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Note.Fact;

/** Where a rule stands, as a note, and back. Whether it is off is not told: a start tries anew. */
record StandingNote(AlarmNote alarms) {

  static Note of(Standing standing, String version) {
    return new Note()
        .put("version", version)
        .put("phase", of(standing.phase))
        .put("when", standing.when)
        .put("clear", standing.clear)
        .put("stepped", standing.stepped)
        .put("rising", standing.rising)
        .put("falling", standing.falling)
        .put("due", standing.due)
        .put("blind", of(standing.blind))
        .put("graver", Arrays.stream(standing.graver).map(StandingNote::of).toList())
        .put("ends", ends(standing))
        .put("hushed", standing.isHushed)
        .put("owed", standing.isOwed)
        .put("released", standing.released)
        .put("alarm", standing.alarm == null ? null : alarm(standing.alarm))
        .put("hour", standing.hour)
        .put("told", standing.told)
        .put("folded", standing.folded)
        .put("up", standing.isToldUp)
        .put("latest", standing.latest == null ? null : alarm(standing.latest));
  }

  private static Note of(Standing.Escalation step) {
    return new Note().put("phase", of(step.phase())).put("when", step.when());
  }

  private static List<Note> ends(Standing standing) {
    var ends = new ArrayList<Note>();
    for (var end : standing.ends) {
      ends.add(new Note().put("up", end));
    }
    return ends;
  }

  private static Fact alarm(Alarm alarm) {
    return new Fact.One(AlarmNote.of(alarm));
  }

  /** Absent where it is quiet: that is how most rules stand. */
  private static @Nullable Fact of(Phase phase) {
    return phase.equals(Hold.QUIET) ? null : new Fact.One(noted(phase));
  }

  private static Note noted(Phase phase) {
    return switch (phase) {
      case Phase.Quiet() -> new Note();
      case Phase.Rising(var held, var last) ->
          new Note().put("is", "rising").put("held", held).put("last", last);
      case Phase.Raised(var held, var last, var step) ->
          new Note().put("is", "raised").put("held", held).put("last", last).put("step", step);
      case Phase.Falling(var held, var step, var calm, var last) ->
          new Note()
              .put("is", "falling")
              .put("held", held)
              .put("step", step)
              .put("calm", calm)
              .put("last", last);
    };
  }

  /** Into a standing that is as at the beginning. */
  void read(Note note, Standing standing, Bridge bridge) {
    standing.phase = phase(note.note("phase"));
    standing.when = truth(note, "when");
    standing.clear = truth(note, "clear");
    var stepped = note.up("stepped", bridge);
    standing.stepped = stepped == null ? bridge.now().sinceBoot() : stepped;
    standing.rising = note.moment("rising", bridge);
    standing.falling = note.moment("falling", bridge);
    standing.blind = phase(note.note("blind"));
    standing.graver =
        note.notes("graver").stream()
            .map(step -> new Standing.Escalation(phase(step.note("phase")), truth(step, "when")))
            .toArray(Standing.Escalation[]::new);
    var ends = note.notes("ends");
    standing.ends = new @Nullable Duration[ends.size()];
    for (int i = 0; i < ends.size(); i++) {
      standing.ends[i] = ends.get(i).up("up", bridge);
    }
    standing.isHushed = note.flag("hushed");
    standing.isOwed = note.flag("owed");
    standing.released = note.up("released", bridge);
    standing.alarm = alarms.read(note.note("alarm"), bridge);
    standing.hour = note.up("hour", bridge);
    standing.told = (int) note.whole("told");
    standing.folded = (int) note.whole("folded");
    standing.isToldUp = note.flag("up");
    standing.latest = alarms.read(note.note("latest"), bridge);
  }

  private static Phase phase(Note note) {
    var held = orZero(note.span("held"));
    var last = truth(note, "last");
    int step = (int) note.whole("step");
    return switch (note.text("is")) {
      case "rising" -> new Phase.Rising(held, last);
      case "raised" -> new Phase.Raised(held, last, step);
      case "falling" -> new Phase.Falling(held, step, orZero(note.span("calm")), last);
      case null, default -> Hold.QUIET;
    };
  }

  private static Truth truth(Note note, String name) {
    var truth = note.word(name, Truth.class);
    return truth == null ? Truth.UNKNOWN : truth;
  }

  private static Duration orZero(@Nullable Duration span) {
    return span == null ? Duration.ZERO : span;
  }
}
