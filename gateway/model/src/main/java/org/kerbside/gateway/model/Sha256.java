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

  /** Its 32 bytes. */
  public static byte[] bytes(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
