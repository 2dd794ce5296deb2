package org.kerbside.gateway.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * What one gateway knows of one role: enough to tell today's job codes of its workers, nothing of
 * another gateway's, and nothing of the city's seed that it was made of. A code is TOTP (RFC 6238)
 * with HMAC-SHA-256, six digits and steps of a day, by a key of the worker's own.
 */
public final class RoleKey {

  private static final String PURPOSE = "kerbside-job-code-1";
  private static final String HMAC = "HmacSHA256";
  private static final int BYTES = 32; // of a seed, and of a key
  private static final int MODULUS = 1_000_000; // six digits
  private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

  private final byte[] key;

  private RoleKey(byte[] key) {
    this.key = key;
  }

  /**
   * A role's key at one gateway.
   *
   * @param seed the city's, 32 bytes; it stays with the city
   */
  public static RoleKey of(byte[] seed, String gateway, Role role) {
    if (seed.length != BYTES) {
      throw new IllegalArgumentException(
          "seed: %d bytes, expected %d".formatted(seed.length, BYTES));
    }
    var message = "%s\n%s\n%s".formatted(PURPOSE, gateway, role.word());
    return new RoleKey(hmac(seed, message.getBytes(UTF_8)));
  }

  /** From 64 hex digits; null when it is something else. */
  public static @Nullable RoleKey read(String text) {
    var bytes = bytes(text);
    return bytes == null ? null : new RoleKey(bytes);
  }

  /** The 32 bytes of a seed or key written as 64 hex digits; null when it is something else. */
  public static byte @Nullable [] bytes(String text) {
    var digits = text.strip().toLowerCase(Locale.ROOT);
    return HEX.matcher(digits).matches() ? HexFormat.of().parseHex(digits) : null;
  }

  /** As {@link #read} takes it: a secret. */
  public String hex() {
    return HexFormat.of().formatHex(key);
  }

  /**
   * The job code of one worker on one day: six digits.
   *
   * @param day as {@link JobDay} counts them
   */
  public String code(String worker, long day) {
    var workerKey = hmac(key, worker.getBytes(UTF_8));
    return digits(hmac(workerKey, ByteBuffer.allocate(Long.BYTES).putLong(day).array()));
  }

  /** Dynamic truncation, RFC 4226 section 5.3. */
  static String digits(byte[] hash) {
    int offset = hash[hash.length - 1] & 0xF;
    int truncated = ByteBuffer.wrap(hash).getInt(offset) & Integer.MAX_VALUE;
    return "%06d".formatted(truncated % MODULUS);
  }

  private static byte[] hmac(byte[] key, byte[] message) {
    try {
      var mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac.doFinal(message);
    } catch (NoSuchAlgorithmException | InvalidKeyException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  /** Never the key: this may be printed in logs. */
  @Override
  public String toString() {
    return "•••";
  }
}
