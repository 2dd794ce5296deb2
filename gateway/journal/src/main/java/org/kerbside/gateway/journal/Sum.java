package org.kerbside.gateway.journal;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The check sum of a frame's row. SQLite sees damage to its own structure, but none within a body:
 * a flipped bit there is another number, well formed.
 */
final class Sum {

  private Sum() {}

  static long of(long seq, int encoding, byte[] body) {
    var sum = new CRC32C();
    sum.update(ByteBuffer.allocate(12).putLong(seq).putInt(encoding).flip());
    sum.update(body);
    return sum.getValue();
  }
}
