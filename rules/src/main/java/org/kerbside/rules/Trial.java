package org.kerbside.rules;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SketchReader;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Reading;

/**
 * A test of rules: a small site, what happens in it, and what is to come of it.
 *
 * @param name one sentence
 * @param start the wall's time at the beginning, where the site is
 * @param until how long to watch; absent: until no rule waits for time any more, a day at most
 * @param expected every event and order, in their order
 */
public record Trial(
    String name,
    SiteConfig site,
    RuleBook rules,
    ZonedDateTime start,
    @Nullable Duration until,
    List<Happening> feed,
    List<Expected> expected) {

  /** What a file that holds a trial begins with. */
  public static final String KEY = "test";

  public Trial {
    feed = List.copyOf(feed);
    expected = List.copyOf(expected);
  }

  /** A line of what is to come; the end of a line may be left out. */
  public record Expected(String text, Mark mark) {

    boolean isMetBy(String line) {
      return line.equals(text) || line.startsWith(text + " ");
    }
  }

  /**
   * Null, and mistakes, when it is none.
   *
   * @param top the file; {@code rules:} of a file beside it may have been put in
   * @param expected the lines of a file beside it; absent: those under {@code expect}
   */
  public static @Nullable Trial read(
      Section top, @Nullable Text expected, SequencedMap<String, Kind> kinds, Mistakes mistakes) {
    var name = top.required(KEY, "filled at noon");
    var start = start(top.required("start", "2026-07-01T06:00+08:00"), mistakes);
    var until = top.duration("until");
    var feed = top.requiredSection("feed", "{ bin-1/fill: 20% }");
    var lines = expected == null ? top.required("expect", "|") : expected;
    var named = feed == null ? List.<Text>of() : FeedReader.assets(feed);
    var site = new SketchReader(kinds, mistakes).read(top, named);
    top.refuseOthers("a test");
    var rules = site == null ? null : RuleBook.read(site, mistakes);
    var happenings =
        site == null || feed == null
            ? List.<Happening>of()
            : new FeedReader(site.assets(), mistakes).read(feed);
    if (name == null || start == null || lines == null || site == null || rules == null) {
      return null;
    }
    return mistakes.hasErrors()
        ? null
        : new Trial(
            name.text(),
            site,
            rules,
            start.atZoneSameInstant(site.site().zone()),
            until,
            happenings,
            expected(lines));
  }

  /**
   * Runs it.
   *
   * @param derive what follows from what devices say, the readings themselves first
   */
  public Comparison run(BiFunction<List<Reading>, Moment, List<Reading>> derive) {
    var came = new Rehearsal(rules, derive, start).run(feed, until);
    return Comparison.of(expected, came);
  }

  private static @Nullable OffsetDateTime start(@Nullable Text text, Mistakes mistakes) {
    try {
      return text == null ? null : OffsetDateTime.parse(text.text());
    } catch (DateTimeParseException wrong) {
      mistakes.add(
          text.mark(), "E303", "'%s' is no time".formatted(text), "write 2026-07-01T06:00+08:00");
      return null;
    }
  }

  /** Blank lines and what stands behind a # are for people. */
  private static List<Expected> expected(Text block) {
    var expected = new ArrayList<Expected>();
    var whole = block.mark();
    int number = whole.line();
    for (var line : block.text().split("\n", -1)) {
      number++;
      var said = line.replaceFirst("#.*", "").strip();
      if (!said.isEmpty()) {
        expected.add(new Expected(said, new Mark(whole.file(), number, 1, said.length(), line)));
      }
    }
    return expected;
  }
}
