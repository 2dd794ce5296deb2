package org.kerbside.drivers.picks;

import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * One value of a message, and what it means.
 *
 * @param point whose it is; absent where the topic names it
 * @param pointer where it stands; that of a text is empty
 * @param unit what a number is in; absent where it is the point's
 * @param scale unit = number × scale
 * @param words what the device says for true, false or a state's word; empty where it says so
 *     itself
 */
public record Pick(
    @Nullable String point,
    Pointer pointer,
    @Nullable Unit unit,
    double scale,
    Map<String, String> words) {

  public Pick {
    words = Map.copyOf(words);
  }

  public static Pick of(Pointer pointer) {
    return new Pick(null, pointer, null, 1, Map.of());
  }

  /** Null when the point cannot have it. */
  @Nullable Value number(double number, Point meant) {
    double scaled = Unit.scaled(number, scale);
    return switch (meant.spec().type()) {
      case NUM, COUNTER -> Double.isFinite(scaled) ? new Value.Num(scaled) : null;
      case FLAG, STATE ->
          word(number == Math.rint(number) ? "" + (long) number : "" + number, meant);
    };
  }

  /** Likewise of a word: {@code ON}, {@code open}. */
  @Nullable Value word(String said, Point meant) {
    String word = words.isEmpty() ? said : words.get(said);
    if (word == null) {
      return null;
    }
    return switch (meant.spec().type()) {
      case FLAG -> words.isEmpty() ? null : Value.Flag.of(Boolean.parseBoolean(word));
      case STATE -> new Value.State(word);
      case NUM, COUNTER -> null;
    };
  }

  /** Likewise of a value that is written as text: {@code 23.4}, {@code true}, {@code ON}. */
  public @Nullable Value text(String said, Point meant) {
    return switch (meant.spec().type()) {
      case NUM, COUNTER -> number(parsed(said), meant);
      case FLAG ->
          words.isEmpty() && (said.equals("true") || said.equals("false"))
              ? Value.Flag.of(said.equals("true"))
              : word(said, meant);
      case STATE -> word(said, meant);
    };
  }

  private static double parsed(String said) {
    try {
      return Double.parseDouble(said);
    } catch (NumberFormatException none) {
      return Double.NaN;
    }
  }

  /** Likewise of true or false. */
  @Nullable Value flag(boolean said, Point meant) {
    return switch (meant.spec().type()) {
      case FLAG -> words.isEmpty() ? Value.Flag.of(said) : word("" + said, meant);
      case STATE -> words.isEmpty() ? null : word("" + said, meant);
      case NUM, COUNTER -> null;
    };
  }

  /** What is expected there, for people. */
  public String expected(Point meant) {
    if (!words.isEmpty()) {
      return "one of " + String.join(", ", new TreeSet<>(words.keySet()));
    }
    return switch (meant.spec().type()) {
      case NUM, COUNTER -> "a finite number";
      case FLAG -> "true or false";
      case STATE -> "a text";
    };
  }
}
