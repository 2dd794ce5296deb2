package org.kerbside.gateway.app.wiring;

import java.security.SecureRandom;

/** The name of this start: what boot-relative times are relative to. */
final class Boot {

  private static final String LETTERS = "0123456789abcdefghjkmnpqrstvwxyz";
  private static final int LENGTH = 8;

  private Boot() {}

  /** Eight random characters. */
  static String name() {
    var chance = new SecureRandom();
    var name = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      name.append(LETTERS.charAt(chance.nextInt(LETTERS.length())));
    }
    return name.toString();
  }
}
