package org.kerbside.gateway.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** Rolls that follow each other and are alike. */
record Run(long start, long count, Roll roll) {

  static List<Run> of(NavigableMap<Long, Roll> rolls, long length) {
    var runs = new ArrayList<Run>();
    for (var next : rolls.entrySet()) {
      if (!runs.isEmpty() && runs.getLast().goesOn(next, length)) {
        var run = runs.removeLast();
        runs.add(new Run(run.start, run.count + 1, run.roll));
      } else {
        runs.add(new Run(next.getKey(), 1, next.getValue()));
      }
    }
    return runs;
  }

  private boolean goesOn(Map.Entry<Long, Roll> next, long length) {
    return next.getKey() == start + count * length && next.getValue().isSame(roll);
  }
}
