package org.kerbside.gateway.page;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Everything the page says in one language. Immutable. */
final class Words {

  private static final ResourceBundle.Control NO_FALLBACK =
      ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES);

  private static final Words ZH = new Words(Language.ZH);
  private static final Words EN = new Words(Language.EN);

  private final Language language;
  private final ResourceBundle bundle;

  Words(Language language) {
    this.language = language;
    this.bundle =
        ResourceBundle.getBundle(
            "org.kerbside.gateway.page.words",
            Locale.forLanguageTag(language.tag()),
            Words.class.getClassLoader(),
            NO_FALLBACK);
  }

  static Words in(Language language) {
    return switch (language) {
      case ZH -> ZH;
      case EN -> EN;
    };
  }

  Language language() {
    return language;
  }

  Set<String> keys() {
    return bundle.keySet();
  }

  /** The words of {@code key}, with {@code parts} in the places {0}, {1} …. */
  String say(String key, String... parts) {
    var pattern = bundle.getString(key);
    return parts.length == 0 ? pattern : MessageFormat.format(pattern, (Object[]) parts);
  }

  /** The words of a name from outside, or that name itself: a site may name points as it likes. */
  String name(String family, String name) {
    var known = find(family + "." + name.replace(' ', '-'));
    return known == null ? name : known;
  }

  /** The words of a key that need not be there. */
  @Nullable String find(String key) {
    return bundle.containsKey(key) ? bundle.getString(key) : null;
  }
}
