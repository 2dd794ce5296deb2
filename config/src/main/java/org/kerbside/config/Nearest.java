package org.kerbside.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The word that was probably meant: edit distance up to a third of the word, and synonyms. */
public final class Nearest {

  private static final Map<String, String> SYNONYMS =
      Map.of(
          "trash", "bin",
          "garbage", "bin",
          "light", "lamp",
          "streetlight", "lamp",
          "valve", "zone",
          "restroom", "toilet",
          "wc", "toilet",
          "cabin", "stall");

  private Nearest() {}

  /** A remedy that names the nearest word, or all of them when they are few. */
  public static String help(String written, Collection<String> known) {
    String nearest = of(written, known);
    if (nearest != null) {
      return "did you mean '%s'?".formatted(nearest);
    }
    if (known.isEmpty()) {
      return "remove it";
    }
    return known.size() <= 24
        ? "known here: %s".formatted(String.join(", ", known))
        : "see the documentation for the words that are known here";
  }

  public static @Nullable String of(String written, Collection<String> known) {
    String synonym = SYNONYMS.get(written);
    if (synonym != null && known.contains(synonym)) {
      return synonym;
    }
    int most = Math.max(1, written.length() / 3);
    return known.stream()
        .filter(word -> distance(written, word) <= most)
        .min(
            Comparator.comparingInt((String word) -> distance(written, word))
                .thenComparing(word -> word))
        .orElse(null);
  }

  /** Damerau-Levenshtein, adjacent transposition as one (optimal string alignment). */
  static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        int cost = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + cost);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
