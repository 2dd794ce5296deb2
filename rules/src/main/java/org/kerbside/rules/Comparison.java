package org.kerbside.rules;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.kerbside.config.Mark;

/**
 * What was expected beside what came: the longest part that both share stays, the rest is told.
 *
 * @param lines in order, each with a sign: {@code ' '} both, {@code '-'} expected and missing,
 *     {@code '+'} came and was not expected
 */
public record Comparison(List<Line> lines) {

  /** One line and how it stands. */
  public record Line(char sign, String text) {}

  public Comparison {
    lines = List.copyOf(lines);
  }

  /** Whether all came that was expected and nothing else. */
  public boolean isSame() {
    return lines.stream().allMatch(line -> line.sign() == ' ');
  }

  /** The texts of one sign. */
  public List<String> signed(char sign) {
    return lines.stream().filter(line -> line.sign() == sign).map(Line::text).toList();
  }

  @Override
  public String toString() {
    return lines.stream()
        .map(line -> "  %s %s\n".formatted(line.sign(), line.text()))
        .collect(Collectors.joining());
  }

  /** What comes now beside what would come. */
  public static Comparison between(List<String> now, List<String> then) {
    var nowhere = Mark.of("now", "");
    return of(now.stream().map(line -> new Trial.Expected(line, nowhere)).toList(), then);
  }

  static Comparison of(List<Trial.Expected> expected, List<String> came) {
    int[][] shared = shared(expected, came);
    var lines = new ArrayList<Line>();
    int i = 0;
    int j = 0;
    while (i < expected.size() || j < came.size()) {
      if (i < expected.size() && j < came.size() && expected.get(i).isMetBy(came.get(j))) {
        lines.add(new Line(' ', came.get(j++)));
        i++;
      } else if (j == came.size()
          || (i < expected.size() && shared[i + 1][j] >= shared[i][j + 1])) {
        lines.add(new Line('-', expected.get(i++).text()));
      } else {
        lines.add(new Line('+', came.get(j++)));
      }
    }
    return new Comparison(lines);
  }

  /** How many lines the ends from i and from j have in common. */
  private static int[][] shared(List<Trial.Expected> expected, List<String> came) {
    int[][] shared = new int[expected.size() + 1][came.size() + 1];
    for (int i = expected.size() - 1; i >= 0; i--) {
      for (int j = came.size() - 1; j >= 0; j--) {
        shared[i][j] =
            expected.get(i).isMetBy(came.get(j))
                ? shared[i + 1][j + 1] + 1
                : Math.max(shared[i + 1][j], shared[i][j + 1]);
      }
    }
    return shared;
  }
}
