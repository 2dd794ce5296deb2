package org.kerbside.gateway.journal;

import java.sql.SQLException;
import java.util.List;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Instead;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.Stream;

/**
 * Over the seqs of a last commit of which nobody can say whether it was acknowledged: they are
 * never given again, and a gap of each stream tells the city that what had them may be lost.
 */
record Jump(WriteSide side, Cut cut, Moment now) {

  /** More frames than any commit has. */
  static final long FAR = 65_536;

  /** In one transaction. Whom it finds acknowledged, and what may have been sent, goes on so. */
  void over(long served, Ranges readings, Ranges sent, Ranges events) throws SQLException {
    var heads = side.heads();
    long readingsEnd = heads.readings() + FAR;
    long eventsEnd = heads.events() + FAR;
    readings.add(heads.readings() + 1, readingsEnd);
    sent.add(heads.readings() + 1, readingsEnd);
    events.add(heads.events() + 1, eventsEnd);
    var gaps =
        List.<Event>of(
            gap(Stream.READINGS, heads.readings() + 1, readingsEnd),
            gap(Stream.EVENTS, heads.events() + 1, eventsEnd));
    side.begin();
    side.meta("last-readings", Long.toString(readingsEnd));
    side.cursor(Stream.READINGS, new Track.Cursor(0, readings.text(), sent.text()));
    side.cursor(Stream.EVENTS, new Track.Cursor(0, events.text(), ""));
    side.frames(cut.events(eventsEnd, heads.audit(), now, gaps).frames(), served);
    side.commit();
  }

  private Event.Gap gap(Stream of, long from, long to) {
    return new Event.Gap(now, of, from, to, "power", Instead.NOTHING, null, null, 0);
  }
}
