package org.kerbside.gateway.uplink;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Signed;

/**
 * Whose signature counts: Ed25519 (RFC 8032) by any of the keys that the site trusts, over what
 * {@link Canonical} says.
 *
 * @param need whether a command that is not signed is refused
 */
public record Seals(List<PublicKey> keys, Signed need) {

  /** Nobody signs. */
  public static final Seals NONE = new Seals(List.of(), Signed.OPTIONAL);

  private static final String ALGORITHM = "Ed25519";
  private static final String UNSIGNED = "no signature";

  public Seals {
    keys = List.copyOf(keys);
  }

  /** Why a command does not count; null where it does. */
  @Nullable String doubts(String gateway, String id, Canonical.Signed command) {
    if (need == Signed.OPTIONAL && (keys.isEmpty() || command.signature() == null)) {
      return null;
    }
    if (command.signature() == null) {
      return UNSIGNED;
    }
    if (!command.says("gw", gateway) || !command.says("id", id)) {
      return "what is signed names its gateway as 'gw', and its id";
    }
    return doubts(command);
  }

  /** Why no key of the site has signed this; null where one has. */
  @Nullable String doubts(Canonical.Signed signed) {
    if (signed.signature() == null) {
      return UNSIGNED;
    }
    byte[] text = signed.bytes();
    byte[] signature = bytes(signed.signature());
    boolean isSealed =
        signature != null && keys.stream().anyMatch(key -> isBy(key, text, signature));
    return isSealed ? null : "by no key that the site trusts";
  }

  private static boolean isBy(PublicKey key, byte[] text, byte[] signature) {
    try {
      var verifier = Signature.getInstance(ALGORITHM);
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException unfit) {
      return false; // of another length, or no point of the curve
    }
  }

  private static byte @Nullable [] bytes(String text) {
    try {
      return Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException broken) {
      return null;
    }
  }
}
