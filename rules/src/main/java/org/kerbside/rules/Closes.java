package org.kerbside.rules;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Site;
import org.kerbside.rules.Kpi.Counts;
import org.kerbside.rules.Kpi.Part;

/**
 * Closes the day's figures. A day closes when the clock is known and says so; time in which nobody
 * looked, because the gateway was down or the day began without it, is unknown. Driven by change,
 * as rules are.
 */
final class Closes {

  private static final Duration DAY = Duration.ofDays(1);
  private static final int[][] NONE = {};

  private final List<Kpi> kpis;
  private final Site site;
  private final int[][][] byObserved; // by point: pairs of kpi and part
  private final int[][][] byOrdered;

  Closes(List<Kpi> kpis, int points, Site site) {
    this.kpis = List.copyOf(kpis);
    this.site = site;
    byObserved = new int[points][][];
    byOrdered = new int[points][][];
    Arrays.fill(byObserved, NONE);
    Arrays.fill(byOrdered, NONE);
    for (int i = 0; i < kpis.size(); i++) {
      for (int j = 0; j < kpis.get(i).parts().size(); j++) {
        index(kpis.get(i).parts().get(j), i, j);
      }
    }
  }

  private void index(Part part, int kpi, int number) {
    int[] pair = {kpi, number};
    for (var input : inputs(part)) {
      if (input.slot() instanceof Slot.OfPoint one) {
        boolean isOrder = one.source() instanceof Slot.Commanded;
        add(isOrder ? byOrdered : byObserved, one.point(), pair);
      }
    }
    switch (part) {
      case Part.Lasted lasted -> {}
      case Part.Happened(var asset, var counter) -> add(byObserved, counter, pair);
      case Part.Added(var asset, var counter) -> add(byObserved, counter, pair);
    }
  }

  private static void add(int[][][] index, Point point, int[] pair) {
    int[][] old = index[point.index()];
    var longer = Arrays.copyOf(old, old.length + 1);
    longer[old.length] = pair;
    index[point.index()] = longer;
  }

  private static List<Input> inputs(Part part) {
    if (!(part instanceof Part.Lasted(var asset, var during, var good))) {
      return List.of();
    }
    var inputs = new ArrayList<>(good.inputs());
    inputs.addAll(during == null ? List.of() : during.inputs());
    return inputs;
  }

  Books start() {
    return new Books(kpis, site.zone());
  }

  Note note(Memory memory) {
    return memory.books().note(kpis, memory.nanos());
  }

  void recall(Memory memory, Note note) {
    memory.books().recall(kpis, note);
  }

  void observed(Memory memory, Point point) {
    for (int[] pair : byObserved[point.index()]) {
      step(memory, pair[0], pair[1]);
    }
  }

  void ordered(Memory memory, Point point) {
    for (int[] pair : byOrdered[point.index()]) {
      step(memory, pair[0], pair[1]);
    }
  }

  /** Everything is looked at anew: a clock was set, or people began to work on an asset. */
  void all(Memory memory) {
    for (int i = 0; i < kpis.size(); i++) {
      all(memory, i);
    }
  }

  private void all(Memory memory, int kpi) {
    for (int j = 0; j < kpis.get(kpi).parts().size(); j++) {
      step(memory, kpi, j);
    }
  }

  /** What people say that they did has happened. */
  void did(Memory memory, Asset asset, Deed deed) {
    for (int i = 0; i < kpis.size(); i++) {
      for (int j = 0; j < kpis.get(i).parts().size(); j++) {
        if (kpis.get(i).parts().get(j) instanceof Part.Happened(var at, var counter)
            && at.equals(asset)
            && counter.name().equals(deed.word())) {
          memory.books().entry(i, j).rose = true;
        }
      }
    }
  }

  /**
   * What time alone has changed, and the days that are over.
   *
   * @return whether a day closed
   */
  boolean tick(Memory memory, Moment now, List<Event> events) {
    if (memory.books().due() <= memory.nanos()) {
      all(memory);
    }
    boolean isClosed = false;
    for (int i = 0; i < kpis.size() && now.clock() != ClockQuality.NONE; i++) {
      var day = memory.books().day(i);
      var over = day.turn(now.wall(), memory.nanos());
      if (over != null) {
        close(memory, i, over, now, events);
        isClosed = true;
      }
    }
    return isClosed;
  }

  /** A clock that was set says which day it is. */
  void clockSet(Memory memory) {
    for (int i = 0; i < kpis.size(); i++) {
      memory.books().day(i).clockSet();
    }
    all(memory);
  }

  /** When something changes by time alone or a day closes, since boot; null when neither will. */
  @Nullable Duration wake(Memory memory, Moment now) {
    long due = memory.books().due();
    var next = due == Window.NEVER ? null : Duration.ofNanos(due);
    for (int i = 0; i < kpis.size() && now.clock() != ClockQuality.NONE; i++) {
      var closing = memory.books().day(i).closing();
      if (closing != null) {
        var until = Duration.between(now.wall(), closing);
        next = Engine.earlier(next, now.sinceBoot().plus(until));
      }
    }
    return next;
  }

  private void step(Memory memory, int kpi, int number) {
    var entry = memory.books().entry(kpi, number);
    switch (kpis.get(kpi).parts().get(number)) {
      case Part.Lasted lasted -> {
        entry.turn(lasted.counts(memory), memory.nanos());
        entry.next = Window.NEVER;
        for (var input : inputs(lasted)) {
          entry.next = Math.min(entry.next, input.next(memory));
        }
        memory.books().dueChanged();
      }
      case Part.Happened(var asset, var counter) -> count(memory, entry, counter);
      case Part.Added(var asset, var counter) -> count(memory, entry, counter);
    }
  }

  private static void count(Memory memory, Books.Entry entry, Point counter) {
    var value = memory.points().observed(counter);
    entry.turn(value == null ? Counts.UNKNOWN : Counts.NOT, memory.nanos());
    entry.count(value);
  }

  private void close(Memory memory, int kpi, LocalDate over, Moment now, List<Event> events) {
    all(memory, kpi);
    var figure = closed(memory, kpi, over, now);
    events.add(figure);
    memory.books().begin(kpi, figure);
  }

  private Event.Kpi closed(Memory memory, int kpi, LocalDate day, Moment now) {
    var sums = new EnumMap<Counts, Long>(Counts.class);
    for (int j = 0; j < kpis.get(kpi).parts().size(); j++) {
      add(kpis.get(kpi).parts().get(j), memory.books().entry(kpi, j), kpis.get(kpi).limit(), sums);
    }
    return new Event.Kpi(
        now,
        kpis.get(kpi).name(),
        day.toString(),
        sums.getOrDefault(Counts.GOOD, 0L),
        sums.getOrDefault(Counts.BAD, 0L),
        sums.getOrDefault(Counts.UNKNOWN, 0L),
        kpis.get(kpi).limit(),
        kpis.get(kpi).source());
  }

  private static void add(
      Part part, Books.Entry entry, @Nullable Double limit, Map<Counts, Long> sums) {
    switch (part) {
      case Part.Lasted lasted -> {
        for (var which : Counts.values()) {
          sums.merge(which, entry.lasted(which).toMinutes(), Long::sum);
        }
        var missing = DAY.minus(entry.seen());
        sums.merge(Counts.UNKNOWN, Math.max(0, missing.toMinutes()), Long::sum);
      }
      case Part.Happened happened -> sums.merge(verdict(entry), 1L, Long::sum);
      case Part.Added added -> {
        if (!entry.isWhole || entry.base == null || entry.latest == null) {
          sums.merge(Counts.UNKNOWN, 1L, Long::sum);
          return;
        }
        long litres = Math.max(0, Math.round((entry.latest - entry.base) * 1000));
        long most = limit == null ? litres : Math.round(limit * 1000);
        sums.merge(Counts.GOOD, Math.min(litres, most), Long::sum);
        sums.merge(Counts.BAD, Math.max(0, litres - most), Long::sum);
      }
    }
  }

  /** A counter that nobody knew for long, or before the day, or knows now, may have gone on. */
  private static Counts verdict(Books.Entry entry) {
    if (entry.rose) {
      return Counts.GOOD;
    }
    boolean isKnown = entry.lasted(Counts.NOT).multipliedBy(2).compareTo(DAY) >= 0;
    return isKnown && entry.latest != null && entry.isWhole ? Counts.BAD : Counts.UNKNOWN;
  }
}
