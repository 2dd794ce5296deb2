package org.kerbside.config;

import java.util.regex.Pattern;

/** Names that travel in topics and SenML: RFC 8428 §4.5.1 allows these characters and no others. */
final class Identifier {

  private static final Pattern FIT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,63}");

  private Identifier() {}

  /** Whether it may be a level of a topic; a mistake where it may not. */
  static boolean isFit(Text id, Mistakes mistakes) {
    if (FIT.matcher(id.text()).matches()) {
      return true;
    }
    if (mistakes.isTold(id.mark())) {
      return false;
    }
    mistakes.add(
        id.mark(),
        "E506",
        "'%s' cannot be part of a topic".formatted(id),
        "write at most 64 of a-z, A-Z, 0-9, '-', '_', '.' and ':', a letter or digit first; the"
            + " name may be anything");
    return false;
  }
}
