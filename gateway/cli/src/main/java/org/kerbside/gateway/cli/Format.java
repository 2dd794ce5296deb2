package org.kerbside.gateway.cli;

/** How a result is told: to a person, or to a program. */
public enum Format {
  TEXT,
  JSON;

  static Format of(String text) {
    return switch (text) {
      case "text" -> TEXT;
      case "json" -> JSON;
      default ->
          throw new IllegalArgumentException(
              "'%s' is no format: expected text or json".formatted(text));
    };
  }
}
