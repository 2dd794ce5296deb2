package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/** The windows of a site, each once, by the point that feeds it. Belongs to a {@link Memory}. */
final class Windows {

  private static final Window[] NONE = {};

  private final List<Span> spans;
  private final ZoneId zone;
  private final List<Daily> daily = new ArrayList<>();
  private final Window[] all;
  private final Window[][] byObserved;
  private final Window[][] byOrdered;

  Windows(List<Span> spans, int points, ZoneId zone) {
    this.spans = List.copyOf(spans);
    this.zone = zone;
    all = new Window[spans.size()];
    byObserved = spans.isEmpty() ? new Window[0][] : new Window[points][];
    byOrdered = spans.isEmpty() ? new Window[0][] : new Window[points][];
    for (int i = 0; i < all.length; i++) {
      var span = spans.get(i);
      all[i] = window(span);
      if (span.fed().equals(span)) {
        feed(span, all[i]);
      }
      if (all[i] instanceof Daily one) {
        daily.add(one);
      }
    }
  }

  private Window window(Span span) {
    return switch (span.length()) {
      case Length.Last(var length) -> new Sliding(length);
      case Length.Day day -> new Tally();
      case Length.Yesterday yesterday -> ((Tally) fed(span)).new Before();
      case Length.Since since -> new Count();
      case Length.Hours hours when hours.before() == 0 -> new Daily(hours, zone);
      case Length.Hours hours -> ((Daily) fed(span)).new Earlier(hours.before());
      case Length.Open(var valves) -> new Habit(valves);
    };
  }

  private Window fed(Span span) {
    return all[spans.indexOf(span.fed())];
  }

  private void feed(Span span, Window window) {
    switch (span.source()) {
      case Slot.Observed(var point) -> add(byObserved, point, window);
      case Slot.Commanded(var point) -> add(byOrdered, point, window);
    }
    if (window instanceof Habit habit && span.length() instanceof Length.Open(var valves)) {
      for (int i = 0; i < valves.size(); i++) {
        add(byObserved, valves.get(i), habit.new Valve(i));
      }
    }
  }

  private static void add(Window[][] table, Point point, Window window) {
    var old = table[point.index()] == null ? NONE : table[point.index()];
    var longer = Arrays.copyOf(old, old.length + 1);
    longer[old.length] = window;
    table[point.index()] = longer;
  }

  Window at(int number) {
    return all[number];
  }

  List<Span> spans() {
    return spans;
  }

  /** As {@link Window#age}. */
  void age(Duration down) {
    for (var window : all) {
      window.age(down.toNanos());
    }
  }

  /** A civil day begins; as {@link Tally#begin}. */
  void day(long at, long now) {
    for (var window : all) {
      if (window instanceof Tally tally) {
        tally.begin(at, now);
      }
    }
  }

  void clockSet() {
    daily.forEach(Daily::clockSet);
  }

  /** The hours of a day may have begun or be over. */
  void clock(Instant wall, long now) {
    for (int i = 0; i < daily.size(); i++) {
      if (!daily.get(i).isSameAt(wall)) {
        daily.get(i).turn(wall, now);
      }
    }
  }

  /** People say that they did it at that asset. */
  void did(Deed deed, String asset) {
    for (int i = 0; i < all.length; i++) {
      if (all[i] instanceof Count count
          && spans.get(i).length() instanceof Length.Since(var what, var at)
          && what == deed
          && at.equals(asset)) {
        count.begin();
      }
    }
  }

  void observe(Point point, @Nullable Value value, long now) {
    take(byObserved, point, value, now);
  }

  void order(Point point, @Nullable Value value, long now) {
    take(byOrdered, point, value, now);
  }

  private static void take(Window[][] table, Point point, @Nullable Value value, long now) {
    var fed = table.length == 0 ? null : table[point.index()];
    if (fed == null) {
      return;
    }
    double number = number(value, point);
    for (var window : fed) {
      window.take(now, number);
    }
  }

  /** A value as windows keep it: a flag is 0 or 1, a state the place of its word; NaN unknown. */
  static double number(@Nullable Value value, Point point) {
    return switch (value) {
      case null -> Double.NaN;
      case Value.Num(var number) -> number;
      case Value.Flag(var flag) -> flag ? 1 : 0;
      case Value.State(var word) -> point.spec().words().indexOf(word);
    };
  }
}
