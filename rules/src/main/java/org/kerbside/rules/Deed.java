package org.kerbside.rules;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;

/** What people say that they did at an asset: the crew's word. */
enum Deed {
  EMPTIED("emptied", "bin"),
  CLEANED("cleaned", "toilet");

  private final String word;
  private final String kind;

  Deed(String word, String kind) {
    this.word = word;
    this.kind = kind;
  }

  String word() {
    return word;
  }

  /** What is remembered of an asset under it. */
  String of(Asset asset) {
    return asset.id() + "/" + word;
  }

  /** Null where nobody does that at such an asset. */
  static @Nullable Deed of(String word, Asset asset) {
    return Stream.of(values())
        .filter(deed -> deed.word.equals(word) && deed.kind.equals(asset.kind().name()))
        .findFirst()
        .orElse(null);
  }

  /** The words that there are for an asset. */
  static List<String> words(Asset asset) {
    return Stream.of(values())
        .filter(deed -> deed.kind.equals(asset.kind().name()))
        .map(Deed::word)
        .toList();
  }
}
