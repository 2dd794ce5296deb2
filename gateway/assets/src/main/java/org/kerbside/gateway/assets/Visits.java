package org.kerbside.gateway.assets;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/** The stalls' uses → the block's visits. A stall that comes or goes takes nothing away. */
record Visits(Point visits, List<Point> uses) implements Step<Visits.Memo> {

  Visits {
    uses = List.copyOf(uses);
  }

  private static final String OF = "of ";

  /**
   * What is remembered.
   *
   * @param uses of each stall, by its name, as far as they are counted in
   */
  record Memo(long total, SortedMap<String, Double> uses) implements Step.Memo {

    Memo {
      uses = Collections.unmodifiableSortedMap(new TreeMap<>(uses));
    }

    @Override
    public void note(Notes notes) {
      if (!uses.isEmpty()) {
        notes.put("total", total);
        uses.forEach((stall, times) -> notes.put(OF + stall, times));
      }
    }

    Memo and(String stall, double times) {
      var more = new TreeMap<>(uses);
      double before = more.getOrDefault(stall, 0.0);
      more.put(stall, times);
      return new Memo(total + Math.round(Math.max(0, times - before)), more);
    }
  }

  static @Nullable Visits of(Asset toilet, List<Asset> stalls) {
    var visits = toilet.point("visits");
    var uses = stalls.stream().map(stall -> stall.point("uses")).filter(Objects::nonNull).toList();
    return visits == null || uses.isEmpty() ? null : new Visits(visits, uses);
  }

  @Override
  public Point thing() {
    return visits;
  }

  @Override
  public Memo start() {
    return new Memo(0, Collections.emptySortedMap());
  }

  @Override
  public Memo recall(Notes notes) {
    var uses = new TreeMap<String, Double>();
    for (var name : notes.names()) {
      if (name.startsWith(OF)) {
        uses.put(name.substring(OF.length()), notes.number(name));
      }
    }
    return new Memo(notes.whole("total"), uses);
  }

  /** What frames told after the snapshot is counted in: of the whole as of its parts. */
  @Override
  public Memo resumed(Memo memo, Latest latest) {
    var total = latest.number(visits);
    if (total == null || Math.round(total) <= memo.total()) {
      return memo;
    }
    var counted = new TreeMap<>(memo.uses());
    for (var point : uses) {
      var times = latest.number(point);
      if (times != null) {
        counted.merge(point.id().asset(), times, Math::max);
      }
    }
    return new Memo(Math.round(total), counted);
  }

  @Override
  public Memo follow(Memo before, @Nullable Reading uses, Turn turn) {
    var memo = new Memo(turn.atLeast(visits, before.total()), before.uses());
    if (uses == null || !(uses.value() instanceof Value.Num(var times))) {
      return memo;
    }
    String stall = uses.point().id().asset();
    var last = memo.uses().get(stall);
    var next = last != null && last == times ? memo : memo.and(stall, times);
    turn.tell(visits, new Value.Num((double) next.total()), Quality.GOOD, null);
    return next;
  }
}
