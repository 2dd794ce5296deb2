package org.kerbside.gateway.journal;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.StoredFrame;

/**
 * Appends an entry in one transaction, and lets memory know of it once it is kept. For the writer's
 * thread alone, but for {@link #whenCommitted}.
 */
final class Appending {

  private final Ledger ledger;
  private final Room room;
  private final Tally tally;
  private final Recovery recovery;
  private final CopyOnWriteArrayList<Runnable> wakes = new CopyOnWriteArrayList<>();
  private Fault fault = Fault.NONE;

  Appending(Ledger ledger, Room room, Tally tally, Recovery recovery) {
    this.ledger = ledger;
    this.room = room;
    this.tally = tally;
    this.recovery = recovery;
  }

  /** What a transaction does beside keeping an entry. */
  interface Also {

    Also NOTHING = (_, _) -> {};

    /** Writes it; {@code after} are the heads once it is committed. */
    void write(WriteSide side, Heads after) throws SQLException;
  }

  /** An entry as it is written: cut, numbered, with the outcomes that it tells. */
  private record Cuttings(
      Entry entry, List<StoredFrame> readings, Cut.Told told, List<Event.Result> results, long at) {

    List<StoredFrame> events() {
      return told.frames();
    }

    Heads after(Heads heads) {
      return new Heads(
          heads.readings() + readings.size(),
          heads.events() + events().size(),
          heads.commands() + entry.accepted().size(),
          heads.outcomes() + results.size(),
          heads.deliveries() + entry.keys().size(),
          told.audit());
    }
  }

  Commit append(Entry entry, Also also) {
    WriteSide side;
    try {
      side = ledger.access().side();
    } catch (SQLException refused) {
      return recovery.after(refused);
    }
    var heads = ledger.access().heads();
    var cut = cut(entry, heads);
    var kept =
        new Commit.Kept(span(heads.readings(), cut.readings), span(heads.events(), cut.events()));
    if (entry.isEmpty() && also.equals(Also.NOTHING)) {
      return kept;
    }
    var cursors = ledger.tracks().due();
    boolean tells = ledger.access().untold() != null && tellsOfDamage(entry.events());
    try {
      side.begin();
      fault.at(Fault.Step.BEGUN);
      write(side, heads, cut);
      side.cursors(cursors);
      if (tells) {
        side.delete("meta WHERE name = 'set-aside'");
      }
      also.write(side, cut.after(heads));
      fault.at(Fault.Step.WRITTEN);
      side.commit();
      fault.at(Fault.Step.COMMITTED);
    } catch (SQLException refused) {
      return recovery.after(refused);
    }
    if (tells) {
      ledger.access().told();
    }
    ledger.tracks().written(cursors);
    learn(heads, cut);
    return kept;
  }

  private Cuttings cut(Entry entry, Heads heads) {
    var cut = ledger.cut();
    return new Cuttings(
        entry,
        cut.readings(heads.readings(), entry.at(), entry.readings()),
        cut.events(heads.events(), heads.audit(), entry.at(), entry.events()),
        results(entry.events()),
        ledger.served().toWrite(entry.at()));
  }

  /** A conflict is no end of the id that it conflicts with: that one keeps its own. */
  private static List<Event.Result> results(List<Event> events) {
    var results = new ArrayList<Event.Result>(0);
    for (var event : events) {
      if (event instanceof Event.Result result
          && !result.outcome().equals(new Outcome.Rejected("conflict"))) {
        results.add(result);
      }
    }
    return results;
  }

  private static Commit.Span span(long last, List<StoredFrame> frames) {
    return new Commit.Span(last + 1, last + frames.size());
  }

  private static boolean tellsOfDamage(List<Event> events) {
    for (var event : events) {
      if (event instanceof Event.Gap gap && gap.of() == null && gap.reason().equals("corrupt")) {
        return true;
      }
    }
    return false;
  }

  private static void write(WriteSide side, Heads heads, Cuttings cut) throws SQLException {
    side.frames(cut.readings, cut.at);
    side.frames(cut.events(), cut.at);
    if (!cut.told.audit().equals(heads.audit())) {
      side.audit(cut.told.audit());
    }
    side.commands(heads.commands(), cut.at, cut.entry.accepted());
    side.outcomes(heads.outcomes(), cut.at, cut.results);
    side.deliveries(heads.deliveries(), cut.at, cut.entry.keys());
  }

  /** It is on the disk: now memory may say so too. */
  private void learn(Heads heads, Cuttings cut) {
    ledger.served().wrote(cut.at);
    ledger.access().kept(cut.after(heads));
    var keys = cut.entry.keys();
    for (int i = 0; i < keys.size(); i++) {
      ledger.deliveries().heard(keys.get(i), heads.deliveries() + 1 + i, cut.at);
    }
    long readings = ledger.tracks().committed(cut.readings);
    long events = ledger.tracks().committed(cut.events());
    room.grew(readings, events);
    int frames = cut.readings.size() + cut.events().size();
    tally.committed(frames, cut.entry.readings().size(), readings + events);
    tally.told(cut.entry.events());
    if (frames > 0) {
      wakes.forEach(Runnable::run);
    }
  }

  /** May be called from any thread; the writer's runs it. */
  void whenCommitted(Runnable wake) {
    wakes.add(wake);
  }

  void failAt(Fault at) {
    fault = at;
  }
}
