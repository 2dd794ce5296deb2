package org.kerbside.gateway.model;

import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Text that holds keys and certificates in base 64 between two lines (RFC 7468). */
public final class Pem {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  /**
   * What stands between two lines.
   *
   * @param kind {@code CERTIFICATE}, {@code PUBLIC KEY}
   */
  @SuppressWarnings("ArrayRecordComponent") // bytes are handed over and never compared
  public record Block(String kind, byte[] bytes) {}

  /**
   * All blocks of a text; what stands around them is not looked at.
   *
   * @throws IllegalArgumentException where one is not base 64
   */
  public static List<Block> blocks(String text) {
    var blocks = new ArrayList<Block>();
    var found = BLOCK.matcher(text);
    while (found.find()) {
      blocks.add(new Block(found.group(1), Base64.getMimeDecoder().decode(found.group(2))));
    }
    return blocks;
  }

  /** One block, as others read it. */
  public static String text(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, LINES.encodeToString(bytes), kind);
  }
}
