package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * In which language a request is answered: the one it names, the one it named before, the
 * browser's, the site's.
 *
 * @param otherwise the site's
 */
record Spoken(Language otherwise) {

  private static final int A_YEAR = 365 * 24 * 3600; // s
  private static final String NAME = "lang";

  Language language(Context context) {
    return Stream.of(
            Language.spoken(context.queryParam(NAME)),
            Language.spoken(context.cookie(NAME)),
            Language.accepted(context.header("Accept-Language")))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse(otherwise);
  }

  Words words(Context context) {
    return Words.in(language(context));
  }

  /** Keeps what the request names. */
  static void remember(Context context) {
    var chosen = Language.spoken(context.queryParam(NAME));
    if (chosen != null) {
      context.cookie(new Cookie(NAME, chosen.tag(), "/", A_YEAR, false, true, null, SameSite.LAX));
    }
  }
}
