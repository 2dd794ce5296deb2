package org.kerbside.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Outline.Part;

/**
 * What is another between two outlines, part by part. Places do not count: a line that was moved is
 * the same.
 *
 * @param changes in the order of the newer one; what is gone comes last
 */
public record Difference(List<Change> changes) {

  private static final int MOST_WORDS = 4; // of a part that are written out

  /** How a part came to be another. */
  public enum How {
    ADDED('+'),
    REMOVED('-'),
    CHANGED('~');

    private final char sign;

    How(char sign) {
      this.sign = sign;
    }

    public char sign() {
      return sign;
    }

    /** As JSON has it: {@code added}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One word of a part.
   *
   * @param was as it was written; absent where there was none
   * @param is likewise
   */
  public record Words(@Nullable String was, @Nullable String is) {
    @Override
    public String toString() {
      return (was == null ? "–" : was) + " → " + (is == null ? "–" : is);
    }
  }

  /**
   * One part.
   *
   * @param words by dotted name, those that are another; empty where the part came or went
   */
  public record Change(Part part, How how, SequencedMap<String, Words> words) {

    /** As people read it: {@code empty 120cm → 110cm}. */
    public String text() {
      var text =
          words.entrySet().stream()
              .limit(MOST_WORDS)
              .map(word -> (word.getKey() + " " + word.getValue()).strip())
              .collect(Collectors.joining(", "));
      return words.size() <= MOST_WORDS
          ? text
          : "%s and %d more".formatted(text, words.size() - MOST_WORDS);
    }
  }

  public Difference {
    changes = List.copyOf(changes);
  }

  /** From the older to the newer. */
  public static Difference of(Outline older, Outline newer) {
    var all = new LinkedHashSet<>(newer.parts().keySet());
    all.addAll(older.parts().keySet());
    var changes = new ArrayList<Change>();
    for (var part : all) {
      boolean was = older.parts().containsKey(part);
      boolean is = newer.parts().containsKey(part);
      var words =
          was && is ? words(older.of(part), newer.of(part)) : new LinkedHashMap<String, Words>();
      if (!was || !is || !words.isEmpty()) {
        changes.add(new Change(part, was ? is ? How.CHANGED : How.REMOVED : How.ADDED, words));
      }
    }
    return new Difference(changes);
  }

  private static SequencedMap<String, Words> words(
      SequencedMap<String, Text> older, SequencedMap<String, Text> newer) {
    var names = new LinkedHashSet<>(newer.keySet());
    names.addAll(older.keySet());
    var changed = new LinkedHashMap<String, Words>();
    for (var name : names) {
      var was = older.get(name);
      var is = newer.get(name);
      // By the words themselves: another secret's name is another word, and neither is shown.
      if (was == null || is == null || !was.text().equals(is.text())) {
        changed.put(name, new Words(shown(was), shown(is)));
      }
    }
    return changed;
  }

  private static @Nullable String shown(@Nullable Text text) {
    return text == null ? null : text.toString();
  }
}
