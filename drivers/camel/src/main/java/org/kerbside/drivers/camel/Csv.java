package org.kerbside.drivers.camel;

import java.util.ArrayList;
import java.util.List;

/**
 * Lines of columns (RFC 4180): a column in quotes may hold separators, quotes twice and line ends.
 */
final class Csv {

  private static final int WIDEST = 64; // columns
  private static final int LONGEST = 512; // characters of a column

  private final String text;
  private final char separator;
  private int at;

  Csv(String text, char separator) {
    this.text = text;
    this.separator = separator;
  }

  boolean isAtEnd() {
    return at >= text.length();
  }

  /** The columns of the next line; an empty line has one that is empty. */
  List<String> line() {
    var columns = new ArrayList<String>();
    do {
      columns.add(column());
    } while (goesOn());
    return columns;
  }

  /** Whether a separator follows, and not the line's end; both are passed. */
  private boolean goesOn() {
    if (isAtEnd()) {
      return false;
    }
    char met = text.charAt(at++);
    if (met == '\r' && !isAtEnd() && text.charAt(at) == '\n') {
      at++;
    }
    return met == separator;
  }

  private String column() {
    return !isAtEnd() && text.charAt(at) == '"' ? quoted() : plain();
  }

  private String plain() {
    int from = at;
    while (!isAtEnd() && !isEnd(text.charAt(at))) {
      at++;
    }
    return text.substring(from, at).strip();
  }

  private String quoted() {
    var column = new StringBuilder();
    at++;
    while (!isAtEnd()) {
      char next = text.charAt(at++);
      if (next == '"') {
        if (isAtEnd() || text.charAt(at) != '"') {
          break;
        }
        at++;
      }
      column.append(next);
    }
    return column.append(plain()).toString();
  }

  private boolean isEnd(char next) {
    return next == separator || next == '\n' || next == '\r';
  }

  /** Whether a line keeps the limits of the house. */
  static boolean isSound(List<String> columns) {
    return columns.size() <= WIDEST && columns.stream().allMatch(each -> each.length() <= LONGEST);
  }
}
