package org.kerbside.gateway.app;

import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Event.AlarmChanged.Change;
import org.kerbside.gateway.model.Note;
import org.kerbside.rules.ActNote;
import org.kerbside.rules.AlarmNote;

/**
 * An event that people ask about later as a note, and back.
 *
 * @param alarms reads those that changed
 */
record EventNote(AlarmNote alarms) {

  /** Null for what nobody asks about later. */
  static @Nullable Note of(Event event) {
    return switch (event) {
      case Event.AlarmChanged(var at, var change, var alarm, var act, var effects, var untold) ->
          new Note()
              .put("at", at)
              .put("change", change)
              .put("alarm", AlarmNote.of(alarm))
              .put("act", ActNote.of(act))
              .put("effects", row(effects))
              .put("untold", untold);
      case Event.Audit(var at, var what, var subject, var act) ->
          new Note()
              .put("at", at)
              .put("audit", what)
              .put("subject", subject)
              .put("act", ActNote.of(act));
      case Event.Commission(var at, var what, var asset, var set, var was, var by) ->
          new Note()
              .put("at", at)
              .put("commission", what)
              .put("subject", asset)
              .put("set", words(set))
              .put("was", words(was))
              .put("by", by);
      case Event.Kpi kpi -> null;
      case Event.Result result -> null;
      case Event.Gap gap -> null;
      case Event.Health health -> null;
      case Event.Clock clock -> null;
    };
  }

  /** Null where it is not whole. */
  @Nullable Event read(Note note, Bridge bridge) {
    var at = note.moment("at", bridge);
    if (at == null) {
      return null;
    }
    var act = ActNote.read(note.note("act"), bridge);
    var change = note.word("change", Change.class);
    if (change != null) {
      var alarm = alarms.read(note.note("alarm"), bridge);
      int untold = (int) note.whole("untold");
      return alarm == null
          ? null
          : new Event.AlarmChanged(at, change, alarm, act, texts(note.row("effects")), untold);
    }
    var subject = note.text("subject");
    if (subject == null) {
      return null;
    }
    var audit = note.text("audit");
    if (audit != null) {
      return new Event.Audit(at, audit, subject, act);
    }
    var commission = note.text("commission");
    var by = note.text("by");
    return commission == null || by == null
        ? null
        : new Event.Commission(
            at, commission, subject, note.note("set").texts(), note.note("was").texts(), by);
  }

  private static Note.Fact row(List<String> words) {
    return new Note.Fact.Row(words.stream().<Note.Fact>map(Note.Fact.Text::new).toList());
  }

  private static List<String> texts(List<Note.Fact> row) {
    var texts = new ArrayList<String>();
    for (var fact : row) {
      if (fact instanceof Note.Fact.Text(var text)) {
        texts.add(text);
      }
    }
    return texts;
  }

  private static Note words(SequencedMap<String, String> words) {
    var note = new Note();
    words.forEach(note::put);
    return note;
  }
}
