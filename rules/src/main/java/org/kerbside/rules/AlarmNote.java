package org.kerbside.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Severity;
import org.kerbside.gateway.model.Why;

/**
 * An alarm as a note, and back.
 *
 * @param points of the site, by id; a link of the why-chain whose point is gone is left out
 */
public record AlarmNote(Map<String, Point> points) {

  public static Note of(Alarm alarm) {
    return new Note()
        .put("asset", alarm.asset())
        .put("rule", alarm.rule())
        .put("version", alarm.ruleVersion())
        .put("severity", alarm.severity())
        .put("state", alarm.state())
        .put("latch", alarm.latch())
        .put("acknowledged", ActNote.of(alarm.care().acknowledged()))
        .put("shelved", ActNote.of(alarm.care().shelved()))
        .put("cause", alarm.care().cause())
        .put("since", alarm.since())
        .put("hold", alarm.hold())
        .put("why", alarm.why().stream().map(AlarmNote::of).toList())
        .put("text", words(alarm.text()))
        .put("labels", words(alarm.labels()));
  }

  private static Note of(Why why) {
    return new Note()
        .put("point", why.point().id().toString())
        .put("measure", why.measure())
        .put("value", why.value())
        .put("limit", why.limit() == null ? null : new Note.Fact.Real(why.limit()))
        .put("since", why.since())
        .put("age", why.age());
  }

  /** By name, so that equal alarms have equal notes. */
  private static Note words(Map<String, String> words) {
    var note = new Note();
    words.keySet().stream().sorted().forEach(name -> note.put(name, words.get(name)));
    return note;
  }

  /** Null where it is not whole. */
  public @Nullable Alarm read(Note note, Bridge bridge) {
    var asset = note.text("asset");
    var rule = note.text("rule");
    var version = note.text("version");
    var severity = note.word("severity", Severity.class);
    var since = note.moment("since", bridge);
    var state = note.word("state", Alarm.State.class);
    var latch = note.word("latch", Alarm.Latch.class);
    var hold = note.span("hold");
    return asset == null
            || rule == null
            || version == null
            || severity == null
            || since == null
            || state == null
            || hold == null
        ? null
        : new Alarm(
            asset,
            rule,
            version,
            severity,
            state,
            latch == null ? Alarm.Latch.NONE : latch,
            care(note, bridge),
            since,
            hold,
            why(note.notes("why"), bridge),
            note.note("text").texts(),
            note.note("labels").texts());
  }

  private static Alarm.Care care(Note note, Bridge bridge) {
    return new Alarm.Care(
        ActNote.read(note.note("acknowledged"), bridge),
        ActNote.read(note.note("shelved"), bridge),
        note.text("cause"));
  }

  private List<Why> why(List<Note> notes, Bridge bridge) {
    var chain = new ArrayList<Why>();
    for (var note : notes) {
      var point = points.get(note.text("point"));
      var since = note.moment("since", bridge);
      if (point != null && since != null) {
        chain.add(
            new Why(
                point,
                note.text("measure"),
                note.value("value"),
                note.real("limit"),
                since,
                note.span("age")));
      }
    }
    return chain;
  }
}
