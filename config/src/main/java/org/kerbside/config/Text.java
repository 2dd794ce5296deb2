package org.kerbside.config;

import org.jspecify.annotations.Nullable;

/**
 * A word of a configuration, with its place. A secret's word is never printed.
 *
 * @param below what stood there in a file read before, or in the site's files under what was
 *     learned; absent where nothing did
 */
public record Text(String text, Mark mark, Style style, @Nullable Text below) {

  /** How it was written: an unquoted number may have lost its leading zeros' meaning. */
  public enum Style {
    PLAIN,
    QUOTED,
    /** Written {@code !secret name}; the text is the secret itself once the site is read. */
    SECRET
  }

  /** In the place of nothing. */
  public Text(String text, Mark mark, Style style) {
    this(text, mark, style, null);
  }

  /** Another word at the same place. */
  public Text with(String other) {
    return new Text(other, mark, style, below);
  }

  /** The same word in the place of another. */
  Text over(Text other) {
    return new Text(text, mark, style, other);
  }

  @Override
  public String toString() {
    return style == Style.SECRET ? "•••" : text;
  }
}
