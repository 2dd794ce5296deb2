package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/** Distinguished encoding (X.690): as much of it as a request for a certificate is made of. */
final class Der {

  private static final int INTEGER = 0x02;
  private static final int BITS = 0x03;
  private static final int OBJECT = 0x06;
  private static final int TEXT = 0x0C;
  private static final int SEQUENCE = 0x30;
  private static final int SET = 0x31;
  private static final int FIRST_OF_ITS_KIND = 0xA0; // [0], constructed

  /** Lengths up to here are told by themselves; longer ones by how many bytes tell them. */
  private static final int SHORT = 0x7F;

  private Der() {}

  static byte[] sequence(byte[]... parts) {
    return tagged(SEQUENCE, parts);
  }

  static byte[] set(byte[]... parts) {
    return tagged(SET, parts);
  }

  /** What the specification marks {@code [0]}. */
  static byte[] first(byte[]... parts) {
    return tagged(FIRST_OF_ITS_KIND, parts);
  }

  /**
   * @param small 0 to 127
   */
  static byte[] integer(int small) {
    return tagged(INTEGER, new byte[] {(byte) small});
  }

  static byte[] text(String text) {
    return tagged(TEXT, text.getBytes(UTF_8));
  }

  /** Whole bytes of bits. */
  static byte[] bits(byte[] bytes) {
    return tagged(BITS, new byte[] {0}, bytes);
  }

  /**
   * A name of the world-wide tree.
   *
   * @param arcs at least two, as they are written between dots
   */
  static byte[] object(int... arcs) {
    var content = new ByteArrayOutputStream();
    content.write(40 * arcs[0] + arcs[1]);
    for (int i = 2; i < arcs.length; i++) {
      for (int shift = 28; shift > 0; shift -= 7) {
        if (arcs[i] >> shift != 0) {
          content.write(arcs[i] >> shift & 0x7F | 0x80);
        }
      }
      content.write(arcs[i] & 0x7F);
    }
    return tagged(OBJECT, content.toByteArray());
  }

  private static byte[] tagged(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (var part : parts) {
      content.writeBytes(part);
    }
    var all = new ByteArrayOutputStream();
    all.write(tag);
    writeLength(all, content.size());
    all.writeBytes(content.toByteArray());
    return all.toByteArray();
  }

  private static void writeLength(ByteArrayOutputStream all, int length) {
    if (length > SHORT) {
      int bytes = length > 0xFF ? 2 : 1; // nothing here is longer than 64 KiB
      all.write(0x80 | bytes);
      if (bytes == 2) {
        all.write(length >> 8);
      }
    }
    all.write(length & 0xFF);
  }
}
