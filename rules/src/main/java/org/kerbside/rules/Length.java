package org.kerbside.rules;

import java.time.Duration;

/** How far a window reaches back. */
sealed interface Length {

  /** As it is written between quotes. */
  String written();

  /** Whether it ends by the clock. */
  default boolean isCivil() {
    return this instanceof Day || this instanceof Yesterday;
  }

  /** So long before now, by monotonic time. */
  record Last(Duration span) implements Length {
    @Override
    public String written() {
      return Span.written(span);
    }
  }

  /** Since local midnight. */
  record Day() implements Length {
    @Override
    public String written() {
      return "day";
    }
  }

  /** The civil day before this one, whole. */
  record Yesterday() implements Length {
    @Override
    public String written() {
      return "yesterday";
    }
  }

  /** Since people said that they did something there; before they ever did, since it spoke. */
  record Since(Deed deed, String asset) implements Length {
    @Override
    public String written() {
      return "since " + deed.word();
    }
  }
}
