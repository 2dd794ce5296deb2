package org.kerbside.rules;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;

/** What a person did as a note, and back. */
public final class ActNote {

  private ActNote() {}

  public static Note of(@Nullable Act act) {
    return act == null
        ? new Note()
        : new Note()
            .put("issuer", act.issuer())
            .put("by", act.by())
            .put("reason", act.reason())
            .put("at", act.at())
            .put("until", act.until());
  }

  /** Null where it is not whole. */
  public static @Nullable Act read(Note note, Bridge bridge) {
    var issuer = note.word("issuer", Issuer.class);
    var by = note.text("by");
    var reason = note.text("reason");
    var at = note.moment("at", bridge);
    return issuer == null || by == null || reason == null || at == null
        ? null
        : new Act(issuer, by, reason, at, end(note.moment("until", bridge), bridge.now()));
  }

  /** It ends when the person said, though nobody counted meanwhile, where the time is known. */
  private static @Nullable Moment end(@Nullable Moment until, Moment now) {
    if (until == null || until.clock() == ClockQuality.NONE || now.clock() == ClockQuality.NONE) {
      return until;
    }
    var told = now.at(until.wall());
    return told.isBefore(until) ? told : until;
  }
}
