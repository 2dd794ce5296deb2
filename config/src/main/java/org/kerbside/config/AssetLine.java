package org.kerbside.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@code assets}: it stands for as many assets as its key is a range. A range in a
 * value runs along, {@code $n} is the number, a plain value holds for all.
 *
 * @param range absent where the key is one asset's id
 */
record AssetLine(Text key, Section own, @Nullable Range range) {

  /** What may hold two dots and be no range of assets. */
  private static final Set<String> WHOLE =
      Set.of(
          "kind",
          "name",
          "place",
          "responsible",
          "grid",
          "hours",
          "season",
          "rules",
          "programme",
          "points",
          "band",
          "heartbeat",
          "profile",
          "parent");

  private static final Pattern NUMBER = Pattern.compile("\\$n(?![A-Za-z])");

  /** The line, or null and a mistake where its range is wrong. */
  static @Nullable AssetLine of(Text key, Section own, Mistakes mistakes) {
    var range = Range.of(key, mistakes);
    return range == null && mistakes.isTold(key.mark()) ? null : new AssetLine(key, own, range);
  }

  int length() {
    return range == null ? 1 : range.length();
  }

  List<Text> ids() {
    var ids = new ArrayList<Text>();
    for (int i = 0; i < length(); i++) {
      ids.add(range == null ? key : key.with(range.word(i)));
    }
    return ids;
  }

  /** The section of one of its assets, with numbers in the place of ranges. */
  Section section(int index) {
    var section = own.map(UnaryOperator.identity());
    for (var entry : own.entries()) {
      boolean whole = WHOLE.contains(entry.key().text());
      section =
          section.with(
              entry.key(),
              entry.value().map(text -> numbered(whole ? text : ranged(text, index), index)));
    }
    return section;
  }

  private Text ranged(Text text, int index) {
    var values = Range.of(text, own.mistakes());
    if (values == null) {
      return text;
    }
    if (values.length() != length()) {
      own.mistakes()
          .add(
              text.mark(),
              "E105",
              "'%s' is %d where '%s' is %d".formatted(text, values.length(), key, length()),
              "write ranges of the same length, or one value for all");
    }
    return text.with(values.word(index));
  }

  private Text numbered(Text text, int index) {
    var match = NUMBER.matcher(text.text());
    if (!match.find()) {
      return text;
    }
    if (range == null) {
      own.mistakes()
          .add(
              text.mark(),
              "E105",
              "'$n' has no number here: '%s' is one asset".formatted(key),
              "write the number out");
      return text;
    }
    return text.with(match.replaceAll(Matcher.quoteReplacement(range.number(index))));
  }
}
