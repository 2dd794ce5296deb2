package org.kerbside.rules;

/** A stretch of a window. NaN is: not known. Belongs to its window. */
final class Cell {

  long known; // ns in which the value was known
  double area; // value × ns
  double low = Double.NaN;
  double high = Double.NaN;
  double first = Double.NaN;
  double gained;
  int turns;

  /** A cell as plain data. */
  record Kept(
      long known, double area, double low, double high, double first, double gained, int turns) {}

  Kept kept() {
    return new Kept(known, area, low, high, first, gained, turns);
  }

  void recall(Kept kept) {
    known = kept.known();
    area = kept.area();
    low = kept.low();
    high = kept.high();
    first = kept.first();
    gained = kept.gained();
    turns = kept.turns();
  }

  void clear() {
    known = 0;
    area = 0;
    low = Double.NaN;
    high = Double.NaN;
    first = Double.NaN;
    gained = 0;
    turns = 0;
  }

  void see(double value) {
    low = least(low, value);
    high = greatest(high, value);
    first = Double.isNaN(first) ? value : first;
  }

  void unsee() {
    low = Double.NaN;
    high = Double.NaN;
    first = Double.NaN;
  }

  void hold(double value, long nanos) {
    if (!Double.isNaN(value)) {
      known += nanos;
      area += value * nanos;
    }
  }

  /** Takes what followed this stretch. */
  void add(Cell later) {
    known += later.known;
    area += later.area;
    low = least(low, later.low);
    high = greatest(high, later.high);
    first = Double.isNaN(first) ? later.first : first;
    gained += later.gained;
    turns += later.turns;
  }

  static double least(double a, double b) {
    return Double.isNaN(a) || b < a ? b : a;
  }

  static double greatest(double a, double b) {
    return Double.isNaN(a) || b > a ? b : a;
  }
}
