package org.kerbside.rules;

/** The three truths: what hangs on a stale or silent point is neither true nor false. */
enum Truth {
  FALSE,
  UNKNOWN,
  TRUE;

  static Truth of(boolean known) {
    return known ? TRUE : FALSE;
  }

  Truth not() {
    return switch (this) {
      case FALSE -> TRUE;
      case UNKNOWN -> UNKNOWN;
      case TRUE -> FALSE;
    };
  }
}
