package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
      base = latest;
      rose = false;
    }

    private Note note(long nanos) {
      if (since != Window.NEVER) {
        turn(counts, nanos);
      }
      var note = new Note();
      spans.forEach((which, span) -> note.put(which.name(), span));
      note.put("base", base == null ? null : new Value.Num(base));
      return note.put("rose", rose ? 1 : 0);
    }

    /** What lies between is nobody's knowledge. */
    private void recall(Note note) {
      for (var which : Counts.values()) {
        spans.put(which, note.whole(which.name()));
      }
      base = note.real("base");
      rose = note.whole("rose") == 1;
    }
  }

  private final Entry[][] entries;
  private final @Nullable LocalDate[] open; // the day that each counts; absent until it is known

  private final @Nullable Instant[] closing;
  private final long[] earliest;
  private long due = Window.NEVER;
  private boolean isDueKnown;

  Books(List<Kpi> kpis) {
    closing = new @Nullable Instant[kpis.size()];
    earliest = new long[kpis.size()];
    entries = new Entry[kpis.size()][];
    open = new @Nullable LocalDate[kpis.size()];
    for (int i = 0; i < entries.length; i++) {
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

  /** When the open day closes by the wall; absent while that is to be asked. */
  @Nullable Instant closing(int kpi) {
    return closing[kpi];
  }

  void closing(int kpi, @Nullable Instant at) {
    closing[kpi] = at;
  }

  /**
   * A day is over no earlier, whatever the wall's clock says; ns since boot, 0 for a day that began
   * in another process.
   */
  long earliest(int kpi) {
    return earliest[kpi];
  }

  void earliest(int kpi, long nanos) {
    earliest[kpi] = nanos;
  }

  Entry entry(int kpi, int part) {
    return entries[kpi][part];
  }

  @Nullable LocalDate open(int kpi) {
    return open[kpi];
  }

  void open(int kpi, LocalDate day) {
    open[kpi] = day;
  }

  /** The next day begins with nothing. */
  void begin(int kpi, LocalDate day) {
    open[kpi] = day;
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
      var one = new Note().put("day", open[i] == null ? null : open[i].toString());
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
      var day = one.text("day");
      open[i] = day == null ? null : LocalDate.parse(day);
      for (int j = 0; j < entries[i].length; j++) {
        var id = kpis.get(i).parts().get(j).asset().id();
        if (one.facts().containsKey(id)) {
          entries[i][j].recall(one.note(id));
        }
      }
    }
  }
}
