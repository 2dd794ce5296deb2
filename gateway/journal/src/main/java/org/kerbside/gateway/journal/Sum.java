package org.kerbside.gateway.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The check sum of a frame's row, and of the small ones that say where the journal stands. SQLite
 * sees damage to its own structure, but none within a body: a flipped bit there is another number,
 * well formed.
 */
final class Sum {

  private static final char MARK = '#';

  private Sum() {}

  static long of(long seq, int encoding, byte[] body) {
    var sum = new CRC32C();
    sum.update(ByteBuffer.allocate(12).putLong(seq).putInt(encoding).flip());
    sum.update(body);
    return sum.getValue();
  }

  /**
   * A named text with its sum behind it. Where it begins with a number, SQL still reads that.
   *
   * @param text without the sign that comes between them
   */
  static String sealed(String name, String text) {
    return text + MARK + "%08x".formatted(of(name, text));
  }

  /** The text of {@link #sealed}; null where it does not add up. */
  static @Nullable String opened(String name, String sealed) {
    int mark = sealed.lastIndexOf(MARK);
    var text = mark < 0 ? sealed : sealed.substring(0, mark);
    return sealed.equals(sealed(name, text)) ? text : null;
  }

  private static long of(String name, String text) {
    var sum = new CRC32C();
    sum.update((name + MARK + text).getBytes(UTF_8));
    return sum.getValue();
  }
}
