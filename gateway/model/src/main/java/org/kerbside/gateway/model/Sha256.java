package org.kerbside.gateway.model;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256, and as people compare it: 64 hexadecimal digits. */
public final class Sha256 {

  private Sha256() {}

  /** In hexadecimal digits, small ones. */
  public static String of(byte[] content) {
    return HexFormat.of().formatHex(bytes(content));
  }

  /** Its 32 bytes; several parts count as one content. */
  public static byte[] bytes(byte[]... parts) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      for (var part : parts) {
        digest.update(part);
      }
      return digest.digest();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
