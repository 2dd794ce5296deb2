package org.kerbside.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Unit;

/**
 * A condition cut into words. Numbers with units are in kept units from here on, and every number
 * is a double, so that {@code p0 > 80} means what {@code p0 > 80.0} does. Knows for every place in
 * the CEL text the place in the file.
 */
final class Expression {

  private static final int LONGEST_UNIT = 12;

  /** What a word of a condition is. */
  enum Sort {
    NAME,
    NUMBER,
    QUOTED,
    SIGN
  }

  /**
   * A word of a condition.
   *
   * @param offset from the start of the text, in code points
   * @param at where it begins in the CEL text
   * @param number of a {@link Sort#NUMBER}, in kept units, else 0
   * @param call where the word is a whole call, as {@code mean(fill, '10min')}
   */
  record Token(
      Sort sort,
      String text,
      int offset,
      int at,
      double number,
      @Nullable Unit unit,
      @Nullable Call call) {

    /** What CEL knows it as. */
    String name() {
      return call == null ? text : call.name();
    }

    boolean is(String sign) {
      return sort == Sort.SIGN && text.equals(sign);
    }

    int length() {
      return text.codePointCount(0, text.length());
    }
  }

  /**
   * A call that this house answers: for CEL it is a name like another.
   *
   * @param name what CEL knows it as
   */
  record Call(Token function, List<Token> arguments, String name) {
    Call {
      arguments = List.copyOf(arguments);
    }

    /** The argument that belongs to one of these loops; null when none does. */
    @Nullable Token member(Set<String> loops) {
      for (var argument : arguments) {
        int dot = argument.text().indexOf('.');
        if (dot > 0 && loops.contains(argument.text().substring(0, dot))) {
          return argument;
        }
      }
      return null;
    }
  }

  private final Text text;
  private final int[] points;
  private final List<Token> tokens = new ArrayList<>();
  private final StringBuilder cel = new StringBuilder();
  private int calls;

  private Expression(Text text) {
    this.text = text;
    this.points = text.text().codePoints().toArray();
  }

  /** Null, and a mistake, when a number has a unit that nobody knows. */
  static @Nullable Expression read(Text text, Mistakes mistakes) {
    var expression = new Expression(text);
    return expression.cut(mistakes) ? expression : null;
  }

  List<Token> tokens() {
    return tokens;
  }

  String cel() {
    return cel.toString();
  }

  Text text() {
    return text;
  }

  Mark mark(Token token) {
    return mark(token.offset(), token.length());
  }

  Mark mark(int offset, int length) {
    var whole = text.mark();
    int from = offset + (text.style() == Text.Style.QUOTED ? 1 : 0);
    int end = whole.column() - 1 + from + length;
    // A folded text stands on other lines than its mark: then only the whole can be shown.
    return end <= whole.text().codePointCount(0, whole.text().length())
        ? whole.part(from, length)
        : whole;
  }

  /** The word that a place in the CEL text belongs to: the last that begins at or before it. */
  Token tokenAt(int celOffset) {
    Token found = tokens.getFirst();
    for (var token : tokens) {
      if (token.at() > celOffset) {
        return found;
      }
      found = token;
    }
    return found;
  }

  private boolean cut(Mistakes mistakes) {
    int at = 0;
    while (at < points.length) {
      int point = points[at];
      int end =
          Character.isWhitespace(point)
              ? blank(at)
              : point == '\'' || point == '"'
                  ? quoted(at)
                  : isDigit(point)
                      ? number(at, mistakes)
                      : isLetter(point) ? name(at) : sign(at, mistakes);
      if (end < 0) {
        return false;
      }
      at = end;
    }
    if (tokens.isEmpty()) {
      mistakes.add(
          text.mark(), "E403", "the condition is empty", "write a comparison, as fill >= 95%");
      return false;
    }
    return true;
  }

  private int blank(int from) {
    cel.append(' '); // a newline too: then a column is an offset
    return from + 1;
  }

  private int quoted(int from) {
    int end = from + 1;
    while (end < points.length && points[end] != points[from]) {
      end += points[end] == '\\' ? 2 : 1;
    }
    return verbatim(Sort.QUOTED, from, Math.min(end + 1, points.length));
  }

  private int name(int from) {
    int end = from;
    while (end < points.length
        && (isLetter(points[end])
            || isDigit(points[end])
            || (points[end] == '.' && end + 1 < points.length && isLetter(points[end + 1])))) {
      end++;
    }
    return verbatim(Sort.NAME, from, end);
  }

  private int sign(int from, Mistakes mistakes) {
    boolean pair =
        from + 1 < points.length
            && List.of("<=", ">=", "==", "!=", "&&", "||").contains(part(from, from + 2));
    if (!pair && points[from] == '=') {
      mistakes.add(mark(from, 1), "E403", "'=' asks nothing", "write == to compare");
      return -1;
    }
    int end = verbatim(Sort.SIGN, from, pair ? from + 2 : from + 1);
    if (tokens.getLast().is(")")) {
      fold(end);
    }
    return end;
  }

  /** One of our calls that ends here becomes one word, if its arguments are single words. */
  private void fold(int end) {
    int open = tokens.size() - 2;
    while (open > 0 && isArgument(tokens.get(open))) {
      open--;
    }
    if (open < 1 || !tokens.get(open).is("(") || !Calls.isOurs(tokens.get(open - 1).text())) {
      return;
    }
    var function = tokens.get(open - 1);
    var arguments =
        tokens.subList(open + 1, tokens.size() - 1).stream().filter(t -> !t.is(",")).toList();
    tokens.subList(open - 1, tokens.size()).clear();
    var call = new Call(function, arguments, "__" + calls++);
    var written = part(function.offset(), end);
    tokens.add(new Token(Sort.NAME, written, function.offset(), function.at(), 0, null, call));
    cel.setLength(cel.offsetByCodePoints(0, function.at()));
    cel.append(call.name());
  }

  private static boolean isArgument(Token token) {
    return token.sort() != Sort.SIGN || token.is(",");
  }

  private int verbatim(Sort sort, int from, int end) {
    tokens.add(new Token(sort, part(from, end), from, celLength(), 0, null, null));
    cel.append(part(from, end));
    return end;
  }

  private int number(int from, Mistakes mistakes) {
    int digits = digits(from);
    int end = unitEnd(digits);
    if (end < 0) {
      int word = digits;
      while (word < points.length && (isLetter(points[word]) || isDigit(points[word]))) {
        word++;
      }
      Units.refuse(part(digits, word), mark(digits, word - digits), mistakes);
      return -1;
    }
    Unit unit = end == digits ? null : unit(digits, end);
    double written = Double.parseDouble(part(from, digits));
    double kept = unit == null ? written : unit.toKept(written);
    tokens.add(new Token(Sort.NUMBER, part(from, end), from, celLength(), kept, unit, null));
    cel.append(kept < 0 ? "(" + kept + ")" : Double.toString(kept));
    return end;
  }

  private int digits(int from) {
    int end = run(from);
    if (end + 1 < points.length && points[end] == '.' && isDigit(points[end + 1])) {
      end = run(end + 1);
    }
    if (end + 1 < points.length && (points[end] == 'e' || points[end] == 'E')) {
      int power = points[end + 1] == '-' || points[end + 1] == '+' ? end + 2 : end + 1;
      if (run(power) > power) {
        end = run(power);
      }
    }
    return end;
  }

  private int run(int from) {
    int end = from;
    while (end < points.length && isDigit(points[end])) {
      end++;
    }
    return end;
  }

  /** The end of the longest unit here; {@code from} when there is none, -1 when it is unknown. */
  private int unitEnd(int from) {
    for (int end = Math.min(points.length, from + LONGEST_UNIT); end > from; end--) {
      boolean whole = end == points.length || !isLetter(points[end]) && !isDigit(points[end]);
      if (whole && points[from] != '/' && unit(from, end) != null) {
        return end;
      }
    }
    return from < points.length && isLetter(points[from]) ? -1 : from;
  }

  /** A unit of the house, or one of it per time: {@code Cel/min}. */
  private @Nullable Unit unit(int from, int end) {
    var known = Unit.of(part(from, end));
    return known == null ? Unit.perTime(part(from, end)) : known;
  }

  private String part(int from, int end) {
    return new String(points, from, end - from);
  }

  private int celLength() {
    return cel.codePointCount(0, cel.length());
  }

  private static boolean isDigit(int point) {
    return point >= '0' && point <= '9';
  }

  private static boolean isLetter(int point) {
    return Character.isLetter(point) || point == '_' || point == '°' || point == '³';
  }
}
