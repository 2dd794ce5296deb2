package org.kerbside.gateway.model;

/** What a point holds. Which kind it is follows from the point's {@link PointType}. */
public sealed interface Value {

  /** A number in the point's unit; a counter's total too. Always finite. */
  record Num(double number) implements Value {
    public Num {
      if (!Double.isFinite(number)) {
        throw new IllegalArgumentException("a value must be finite: " + number);
      }
    }
  }

  /** True or false; the point's name says what true means. */
  record Flag(boolean flag) implements Value {
    public static final Flag TRUE = new Flag(true);
    public static final Flag FALSE = new Flag(false);

    public static Flag of(boolean flag) {
      return flag ? TRUE : FALSE;
    }
  }

  /** One word of a closed list. */
  record State(String word) implements Value {}
}
