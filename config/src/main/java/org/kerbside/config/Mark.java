package org.kerbside.config;

import java.util.regex.Pattern;

/**
 * Where a word of a configuration stands.
 *
 * @param file as the user named it
 * @param line from 1
 * @param column from 1, in code points
 * @param length of the word, in code points; at least 1
 * @param text the whole line
 */
public record Mark(String file, int line, int column, int length, String text) {

  private static final int WIDEST = 200;

  /** A mistake may travel in an event or a log: a password or key in its line must not. */
  private static final Pattern OPEN_SECRET =
      Pattern.compile(
          "(?<=\\bpassword[\"']?\\s{0,4}[:=]\\s{0,4})(?!\\s|!secret)(\"[^\"]*\"|'[^']*'|[^,}\\s]+)"
              + "|(?<=://)[^@/\\s]+(?=@)|\\b[0-9a-fA-F]{64}\\b");

  /** A mark for what has no place in a file, as {@code --set} and defaults. */
  public static Mark of(String origin, String text) {
    return new Mark(origin, 1, 1, Math.max(1, text.codePointCount(0, text.length())), text);
  }

  /** The same line, {@code offset} code points further right. */
  public Mark part(int offset, int partLength) {
    return new Mark(file, line, column + offset, Math.max(1, partLength), text);
  }

  /**
   * The same word in at most {@value #WIDEST} code points of a line that may be a mebibyte long.
   */
  Mark cropped() {
    int[] points = text.codePoints().toArray();
    if (points.length <= WIDEST) {
      return this;
    }
    int from = Math.clamp(column - 1L - WIDEST / 4, 0, points.length - WIDEST);
    var part = "…" + new String(points, from, WIDEST) + "…";
    return new Mark(file, line, column - from + 1, Math.min(length, WIDEST), part);
  }

  /** The line as a terminal shows it: a tab is one blank, an open password is dots. */
  public String excerpt() {
    return OPEN_SECRET
        .matcher(text)
        .replaceAll(secret -> "•".repeat(width(secret.group())))
        .replace('\t', ' ');
  }

  private static int width(String part) {
    int[] points = part.codePoints().toArray();
    return width(points, 0, points.length);
  }

  /** Blanks up to the word, then a caret for each of its display columns. */
  public String carets() {
    int[] points = text.codePoints().toArray();
    int start = Math.min(column - 1, points.length);
    int end = Math.min(start + length, points.length);
    int width = Math.max(1, width(points, start, end));
    return " ".repeat(width(points, 0, start)) + "^".repeat(width);
  }

  private static int width(int[] points, int from, int to) {
    int columns = 0;
    for (int i = from; i < to; i++) {
      columns += width(points[i]);
    }
    return columns;
  }

  /** East Asian wide characters take two columns, combining ones none (UAX #11, abridged). */
  private static int width(int point) {
    int type = Character.getType(point);
    if (type == Character.NON_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || type == Character.FORMAT) {
      return 0;
    }
    boolean wide =
        (point >= 0x1100 && point <= 0x115F)
            || (point >= 0x2E80 && point <= 0xA4CF)
            || (point >= 0xAC00 && point <= 0xD7A3)
            || (point >= 0xF900 && point <= 0xFAFF)
            || (point >= 0xFE30 && point <= 0xFE6F)
            || (point >= 0xFF00 && point <= 0xFF60)
            || (point >= 0xFFE0 && point <= 0xFFE6)
            || (point >= 0x1F300 && point <= 0x1FAFF)
            || (point >= 0x20000 && point <= 0x3FFFD);
    return wide ? 2 : 1;
  }
}
