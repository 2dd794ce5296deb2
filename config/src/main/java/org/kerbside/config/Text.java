package org.kerbside.config;

/** A word of a configuration, with its place. */
public record Text(String text, Mark mark, Style style) {

  /** How it was written: an unquoted number may have lost its leading zeros' meaning. */
  public enum Style {
    PLAIN,
    QUOTED
  }

  @Override
  public String toString() {
    return text;
  }
}
