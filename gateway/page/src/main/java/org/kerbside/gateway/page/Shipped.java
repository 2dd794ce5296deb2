package org.kerbside.gateway.page;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import org.kerbside.gateway.model.Sha256;

/**
 * A file that ships with the page.
 *
 * @param source its hash as a content security policy writes it
 * @param tag a short hash, for a name that changes with the content
 */
record Shipped(String text, String source, String tag) {

  /** Stands in every page; the policy knows it by its hash. */
  static final Shipped STYLE = load("style.css");

  static Shipped load(String name) {
    try (var in = Shipped.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException(name + ": not in the jar");
      }
      var bytes = in.readAllBytes();
      var sha256 = Sha256.bytes(bytes);
      return new Shipped(
          new String(bytes, StandardCharsets.UTF_8),
          "'sha256-" + Base64.getEncoder().encodeToString(sha256) + "'",
          HexFormat.of().formatHex(sha256, 0, 6));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
