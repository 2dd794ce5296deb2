package org.kerbside.gateway.uplink;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.Signature;
import org.kerbside.gateway.model.Pem;

/**
 * The paper by which an authority is asked for a certificate (PKCS#10, RFC 2986): a name, a public
 * key, and both signed by the private one.
 */
final class SigningRequest {

  private static final byte[] COMMON_NAME = Der.object(2, 5, 4, 3);
  private static final byte[] ECDSA_WITH_SHA256 = Der.object(1, 2, 840, 10045, 4, 3, 2);
  private static final int VERSION = 0; // the only one there is

  private SigningRequest() {}

  /**
   * As PEM.
   *
   * @param pair on P-256
   * @param id the gateway's: what the certificate is to be made out to
   */
  static String of(KeyPair pair, String id) throws GeneralSecurityException {
    var name = Der.sequence(Der.set(Der.sequence(COMMON_NAME, Der.text(id))));
    var asked =
        Der.sequence(Der.integer(VERSION), name, pair.getPublic().getEncoded(), Der.first());
    var signing = Signature.getInstance("SHA256withECDSA");
    signing.initSign(pair.getPrivate());
    signing.update(asked);
    var request = Der.sequence(asked, Der.sequence(ECDSA_WITH_SHA256), Der.bits(signing.sign()));
    return Pem.text("CERTIFICATE REQUEST", request);
  }
}
