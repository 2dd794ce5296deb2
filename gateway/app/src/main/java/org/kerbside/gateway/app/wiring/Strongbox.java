package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import java.util.SequencedMap;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.kerbside.gateway.cli.PassPhrase;

/**
 * Secrets under a pass phrase: a ZIP by AES-256-GCM (NIST SP 800-38D), its key by PBKDF2 with
 * HMAC-SHA-256 (RFC 8018) in as many rounds as OWASP asked for in 2023. In front stand format,
 * rounds, salt and nonce; whoever alters them, or what the box is bound to, closes it for ever.
 */
final class Strongbox {

  private static final int FORMAT = 0x4B425331; // «KBS1»
  private static final int ROUNDS = 600_000;
  private static final int MOST_ROUNDS = 10_000_000;
  private static final int SALT = 16; // bytes
  private static final int NONCE = 12; // bytes
  private static final int TAG = 128; // bits
  private static final int HEAD = 4 + 4 + SALT + NONCE;

  private Strongbox() {}

  /** What kept the box from opening. */
  static final class Closed extends Exception {

    private static final long serialVersionUID = 1;

    Closed(String message) {
      super(message);
    }
  }

  /**
   * Locks contents up.
   *
   * @param bound what the box belongs to: beside anything else it does not open
   */
  static byte[] locked(Map<String, byte[]> contents, PassPhrase phrase, byte[] bound)
      throws IOException {
    var chance = new SecureRandom();
    var salt = new byte[SALT];
    var nonce = new byte[NONCE];
    chance.nextBytes(salt);
    chance.nextBytes(nonce);
    var head = ByteBuffer.allocate(HEAD).putInt(FORMAT).putInt(ROUNDS).put(salt).put(nonce).array();
    try {
      var cipher = cipher(Cipher.ENCRYPT_MODE, key(phrase, salt, ROUNDS), nonce, head, bound);
      var secret = cipher.doFinal(Archive.bytes(contents));
      return ByteBuffer.allocate(HEAD + secret.length).put(head).put(secret).array();
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has AES-GCM and PBKDF2", impossible);
    }
  }

  /** Takes them out again. */
  static SequencedMap<String, byte[]> opened(byte[] box, PassPhrase phrase, byte[] bound)
      throws Closed, IOException {
    if (box.length < HEAD) {
      throw new Closed("it is cut off");
    }
    var head = ByteBuffer.wrap(box, 0, HEAD);
    int format = head.getInt();
    int rounds = head.getInt();
    if (format != FORMAT || rounds < 1 || rounds > MOST_ROUNDS) {
      throw new Closed("it is none that this version can open");
    }
    var salt = new byte[SALT];
    var nonce = new byte[NONCE];
    head.get(salt).get(nonce);
    try {
      var key = key(phrase, salt, rounds);
      var cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, Arrays.copyOfRange(box, 0, HEAD), bound);
      return Archive.read(cipher.doFinal(box, HEAD, box.length - HEAD));
    } catch (AEADBadTagException wrong) {
      throw new Closed("the pass phrase is another, or somebody has altered it");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every Java has AES-GCM and PBKDF2", impossible);
    }
  }

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] head, byte[] bound)
      throws GeneralSecurityException {
    var cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG, nonce));
    cipher.updateAAD(head);
    cipher.updateAAD(bound);
    return cipher;
  }

  private static SecretKey key(PassPhrase phrase, byte[] salt, int rounds)
      throws GeneralSecurityException {
    var spec = new PBEKeySpec(phrase.text().toCharArray(), salt, rounds, 256);
    try {
      var bytes =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      return new SecretKeySpec(bytes, "AES");
    } finally {
      spec.clearPassword();
    }
  }
}
