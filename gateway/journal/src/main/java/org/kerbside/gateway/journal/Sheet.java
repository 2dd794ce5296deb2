package org.kerbside.gateway.journal;

import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * One asset's rolls of one row: ten minutes or one hour. By the points' names, then by their starts
 * in milliseconds.
 */
final class Sheet {

  final NavigableMap<String, NavigableMap<Long, Roll>> points = new TreeMap<>();

  void add(String point, long start, Roll roll, long length) {
    var rolls = points.computeIfAbsent(point, _ -> new TreeMap<>());
    var known = rolls.get(start);
    if (known == null) {
      known = new Roll();
      rolls.put(start, known);
    }
    known.add(roll);
    known.fit(length);
  }

  void add(Sheet later, long length) {
    later.points.forEach(
        (point, rolls) -> rolls.forEach((start, roll) -> add(point, start, roll, length)));
  }

  /** All of a point in one. */
  Sheet whole(long start, long length) {
    var whole = new Sheet();
    points.forEach(
        (point, rolls) -> rolls.forEach((_, roll) -> whole.add(point, start, roll, length)));
    return whole;
  }
}
