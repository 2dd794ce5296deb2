package org.kerbside.gateway.cli;

/**
 * One scalar of the site, set from the command line instead of the file.
 *
 * @param path as {@code uplink.url}
 */
public record Setting(String path, String value) {

  /** Reads {@code uplink.url=mqtt://127.0.0.1:1884}; the value may hold further equals signs. */
  static Setting of(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException(
          "'%s' is no setting: expected PATH=VALUE, as uplink.url=mqtt://127.0.0.1:1884"
              .formatted(text));
    }
    return new Setting(text.substring(0, equals), text.substring(equals + 1));
  }
}
