package org.kerbside.gateway.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A language that the page speaks, complete. */
public enum Language {
  ZH("zh-CN"),
  EN("en");

  private final String tag;

  Language(String tag) {
    this.tag = tag;
  }

  /** As HTML and an alarm's texts write it: {@code zh-CN}, {@code en}. */
  public String tag() {
    return tag;
  }

  Language other() {
    return switch (this) {
      case ZH -> EN;
      case EN -> ZH;
    };
  }

  /** By its tag or any of its regions ({@code zh}, {@code en-GB}); null when it is not spoken. */
  static @Nullable Language spoken(@Nullable String tag) {
    if (tag == null) {
      return null;
    }
    return switch (Locale.forLanguageTag(tag.strip()).getLanguage()) {
      case "zh" -> ZH;
      case "en" -> EN;
      default -> null;
    };
  }

  /**
   * The first spoken one of an {@code Accept-Language}, best first; weights equal stay in order.
   */
  static @Nullable Language accepted(@Nullable String header) {
    if (header == null || header.isBlank()) {
      return null;
    }
    try {
      return Locale.LanguageRange.parse(header).stream()
          .filter(range -> range.getWeight() > 0)
          .map(range -> spoken(range.getRange()))
          .filter(language -> language != null)
          .findFirst()
          .orElse(null);
    } catch (IllegalArgumentException malformed) {
      return null;
    }
  }
}
