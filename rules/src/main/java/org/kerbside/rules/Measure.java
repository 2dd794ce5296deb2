package org.kerbside.rules;

import org.jspecify.annotations.Nullable;

/** What a window tells of its point. */
enum Measure {
  /** By time, not by readings; of a flag the share of the time in which it was true. */
  MEAN("mean"),
  MIN("min"),
  MAX("max"),
  /** The value now less the value at the window's begin; of a counter its volume. */
  CHANGE("change"),
  /** The change per time. */
  RATE("rate"),
  /** The rate of a counter: its volume per time. */
  FLOW("rate"),
  /** How often a flag or a state became another. */
  TRANSITIONS("transitions"),
  /** How far a counter has gone; one that falls has begun anew and adds nothing. */
  VOLUME("volume");

  private final String word;

  Measure(String word) {
    this.word = word;
  }

  String word() {
    return word;
  }

  /** Whether it weighs or divides by time. */
  boolean isByTime() {
    return this == MEAN || this == RATE || this == FLOW;
  }

  static @Nullable Measure of(String word) {
    for (var measure : values()) {
      if (measure.word.equals(word)) {
        return measure;
      }
    }
    return null;
  }
}
