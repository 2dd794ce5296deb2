package org.kerbside.drivers.camel;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A message taken apart.
 *
 * @param problems what of it is none, each told for people
 */
record Items(List<Item> items, List<String> problems) {

  /** The most that one message may bring; what is behind them is refused. */
  static final int MOST = 1_000;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF}; // of UTF-8, by Excel

  Items {
    if (items.size() > MOST) {
      problems = new ArrayList<>(problems);
      problems.add("%d objects or lines: expected at most %d".formatted(items.size(), MOST));
      items = items.subList(0, MOST);
    }
    items = List.copyOf(items);
    problems = List.copyOf(problems);
  }

  /**
   * @param received what SenML's relative times are counted from
   */
  static Items in(Format format, byte[] body, Instant received) {
    return switch (format) {
      case Format.Json() -> isText(body) ? JsonItem.in(unmarked(body)) : NO_TEXT;
      case Format.Csv(var separator) ->
          isText(body) ? CsvRow.in(unmarked(body), separator) : NO_TEXT;
      case Format.Senml() -> new Items(List.of(new PackItem(body, received)), List.of());
    };
  }

  private static final Items NO_TEXT = new Items(List.of(), List.of("not text in UTF-8"));

  /** UTF-16 and what is no text at all have bytes of zero. */
  private static boolean isText(byte[] body) {
    for (byte each : body) {
      if (each == 0) {
        return false;
      }
    }
    return true;
  }

  private static byte[] unmarked(byte[] body) {
    return body.length >= MARK.length && Arrays.equals(body, 0, MARK.length, MARK, 0, MARK.length)
        ? Arrays.copyOfRange(body, MARK.length, body.length)
        : body;
  }
}
