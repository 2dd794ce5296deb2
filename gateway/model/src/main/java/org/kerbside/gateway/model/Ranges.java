package org.kerbside.gateway.model;

import java.util.Map;
import java.util.TreeMap;

/**
 * A set of seqs that is mostly whole runs: what the city has acknowledged, what a receiver has.
 * Grows with the number of runs, never with the number of seqs. Not thread-safe.
 */
public final class Ranges {

  private final TreeMap<Long, Long> lastByFirst = new TreeMap<>();
  private long count;

  /** Reads {@link #text}; refuses what it would not have written. */
  public static Ranges parse(String text) {
    var ranges = new Ranges();
    if (text.isEmpty()) {
      return ranges;
    }
    for (int start = 0; start <= text.length(); ) {
      int comma = text.indexOf(',', start);
      int end = comma < 0 ? text.length() : comma;
      ranges.addWord(text.substring(start, end));
      start = end + 1;
    }
    return ranges;
  }

  private void addWord(String word) {
    int dash = word.indexOf('-');
    long first = Long.parseLong(dash < 0 ? word : word.substring(0, dash));
    long last = dash < 0 ? first : Long.parseLong(word.substring(dash + 1));
    if (first < 1 || last < first) {
      throw new NumberFormatException("no range of seqs: '" + word + "'");
    }
    add(first, last);
  }

  public void add(long seq) {
    add(seq, seq);
  }

  public void add(long first, long last) {
    long from = first;
    long to = last;
    var before = lastByFirst.floorEntry(from);
    if (before != null && before.getValue() >= from - 1) {
      if (before.getValue() >= to) {
        return;
      }
      from = before.getKey();
      to = Math.max(to, before.getValue());
      drop(before);
    }
    for (var next = lastByFirst.ceilingEntry(from);
        next != null && next.getKey() <= to + 1;
        next = lastByFirst.ceilingEntry(from)) {
      to = Math.max(to, next.getValue());
      drop(next);
    }
    lastByFirst.put(from, to);
    count += to - from + 1;
  }

  /** Takes seqs out, those that are in. */
  public void remove(long first, long last) {
    var run = lastByFirst.floorEntry(last);
    while (run != null && run.getValue() >= first) {
      drop(run);
      if (run.getValue() > last) {
        add(last + 1, run.getValue());
      }
      if (run.getKey() < first) {
        add(run.getKey(), first - 1);
      }
      run = lastByFirst.lowerEntry(run.getKey());
    }
  }

  private void drop(Map.Entry<Long, Long> range) {
    lastByFirst.remove(range.getKey());
    count -= range.getValue() - range.getKey() + 1;
  }

  public boolean contains(long seq) {
    var range = lastByFirst.floorEntry(seq);
    return range != null && range.getValue() >= seq;
  }

  /** The first seq from {@code from} on that is not in the set. */
  public long missing(long from) {
    var range = lastByFirst.floorEntry(from);
    return range != null && range.getValue() >= from ? range.getValue() + 1 : from;
  }

  /**
   * The last seq of the hole that {@code missing} lies in; the greatest long when it has no end.
   */
  public long holeEnd(long missing) {
    var next = lastByFirst.higherKey(missing);
    return next == null ? Long.MAX_VALUE : next - 1;
  }

  public boolean isEmpty() {
    return lastByFirst.isEmpty();
  }

  /** The greatest seq in the set; 0 when it is empty. */
  public long last() {
    var run = lastByFirst.lastEntry();
    return run == null ? 0 : run.getValue();
  }

  /** How many seqs are in the set. */
  public long count() {
    return count;
  }

  /** Runs in ascending order, first to last. */
  public Map<Long, Long> runs() {
    return new TreeMap<>(lastByFirst);
  }

  /** {@code 1-4711,4715,4720-4801}. */
  public String text() {
    var text = new StringBuilder();
    lastByFirst.forEach(
        (first, last) -> {
          if (!text.isEmpty()) {
            text.append(',');
          }
          text.append(first.longValue());
          if (!last.equals(first)) {
            text.append('-').append(last.longValue());
          }
        });
    return text.toString();
  }
}
