package org.kerbside.rules;

import java.time.Duration;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Value;
import org.kerbside.rules.Kpi.Counts;

/**
 * What has been counted of the day so far. Plain data; belongs to the thread of its {@link Memory}.
 */
final class Books {

  /** Of one asset. */
  static final class Entry {
    private final Map<Counts, Long> spans = new EnumMap<>(Counts.class); // ns
    private Counts counts = Counts.UNKNOWN;
    private long since = Window.NEVER; // ns since boot; never: nobody has looked yet
    long next = Window.NEVER; // when time alone may change it, ns since boot

    @Nullable Double base; // of a counter when the day began
    @Nullable Double latest; // while it is known
    private @Nullable Double last; // the last that was known
    boolean isWhole; // it was known when the day began
    boolean rose;

    /** From now on the time counts so. */
    void turn(Counts to, long nanos) {
      if (since != Window.NEVER) {
        spans.merge(counts, nanos - since, Long::sum);
      }
      counts = to;
      since = nanos;
    }

    void count(@Nullable Value value) {
      latest = value instanceof Value.Num(var number) ? Double.valueOf(number) : null;
      last = latest == null ? last : latest;
      base = base == null ? latest : base;
      rose |= latest != null && base != null && latest > base;
    }

    Duration lasted(Counts which) {
      return Duration.ofNanos(spans.getOrDefault(which, 0L));
    }

    /** What was counted at all. */
    Duration seen() {
      return Duration.ofNanos(spans.values().stream().mapToLong(Long::longValue).sum());
    }

    private void begin() {
      spans.clear();
      base = last;
      isWhole = last != null;
      rose = false;
    }

    private Note note(long nanos) {
      if (since != Window.NEVER) {
        turn(counts, nanos);
      }
      var note = new Note();
      spans.forEach((which, span) -> note.put(which.name(), span));
      note.put("base", base == null ? null : new Value.Num(base));
      note.put("last", last == null ? null : new Value.Num(last));
      return note.put("rose", rose ? 1 : 0).put("whole", isWhole ? 1 : 0);
    }

    /** What lies between is nobody's knowledge. */
    private void recall(Note note) {
      for (var which : Counts.values()) {
        spans.put(which, note.whole(which.name()));
      }
      base = note.real("base");
      last = note.real("last");
      rose = note.whole("rose") == 1;
      isWhole = note.whole("whole") == 1;
    }
  }

  private final Entry[][] entries;
  private final CivilDay[] days; // that each counts
  private final Map<String, Double> shares = new TreeMap<>(); // of each figure's last valid day
  private long due = Window.NEVER;
  private boolean isDueKnown;

  Books(List<Kpi> kpis, ZoneId zone) {
    days = new CivilDay[kpis.size()];
    entries = new Entry[kpis.size()][];
    for (int i = 0; i < entries.length; i++) {
      days[i] = new CivilDay(kpis.get(i).closes(), zone);
      entries[i] = new Entry[kpis.get(i).parts().size()];
      for (int j = 0; j < entries[i].length; j++) {
        entries[i][j] = new Entry();
      }
    }
  }

  /** When something next changes by time alone, ns since boot. */
  long due() {
    if (!isDueKnown) {
      due = Window.NEVER;
      for (var some : entries) {
        for (var entry : some) {
          due = Math.min(due, entry.next);
        }
      }
      isDueKnown = true;
    }
    return due;
  }

  void dueChanged() {
    isDueKnown = false;
  }

  CivilDay day(int kpi) {
    return days[kpi];
  }

  Entry entry(int kpi, int part) {
    return entries[kpi][part];
  }

  /** The share of a figure's last day that was good; null while no valid one has closed. */
  Value.@Nullable Num share(String kpi) {
    var share = shares.get(kpi);
    return share == null ? null : new Value.Num(share);
  }

  /** The next day begins with nothing. */
  void begin(int kpi, Event.Kpi closed) {
    long known = closed.good() + closed.bad();
    if (closed.isValid() && known > 0) {
      shares.put(closed.kpi(), (double) closed.good() / known);
    } else {
      shares.remove(closed.kpi());
    }
    for (var entry : entries[kpi]) {
      entry.begin();
    }
  }

  /**
   * @param nanos since boot: up to here it is counted
   */
  Note note(List<Kpi> kpis, long nanos) {
    var note = new Note();
    for (int i = 0; i < entries.length; i++) {
      var one = new Note().put("day", days[i].noted()).put("share", share(kpis.get(i).name()));
      for (int j = 0; j < entries[i].length; j++) {
        one.put(kpis.get(i).parts().get(j).asset().id(), entries[i][j].note(nanos));
      }
      note.put(kpis.get(i).name(), one);
    }
    return note;
  }

  void recall(List<Kpi> kpis, Note note) {
    for (int i = 0; i < entries.length; i++) {
      var one = note.note(kpis.get(i).name());
      days[i].recall(one.text("day"));
      var share = one.real("share");
      if (share != null) {
        shares.put(kpis.get(i).name(), share);
      }
      for (int j = 0; j < entries[i].length; j++) {
        var id = kpis.get(i).parts().get(j).asset().id();
        if (one.facts().containsKey(id)) {
          entries[i][j].recall(one.note(id));
        }
      }
    }
  }
}
