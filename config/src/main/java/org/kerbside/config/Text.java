package org.kerbside.config;

/** A word of a configuration, with its place. A secret's word is never printed. */
public record Text(String text, Mark mark, Style style) {

  /** How it was written: an unquoted number may have lost its leading zeros' meaning. */
  public enum Style {
    PLAIN,
    QUOTED,
    /** Written {@code !secret name}; the text is the secret itself once the site is read. */
    SECRET
  }

  /** Another word at the same place. */
  public Text with(String other) {
    return new Text(other, mark, style);
  }

  @Override
  public String toString() {
    return style == Style.SECRET ? "•••" : text;
  }
}
