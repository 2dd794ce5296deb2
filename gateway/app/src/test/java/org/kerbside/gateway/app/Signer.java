package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;

/**
 * Who signs for the city, as independent of the gateway as can be: for whole numbers and short
 * fractions sorted JSON without blanks is RFC 8785's.
 */
final class Signer {

  private static final JsonMapper JSON = new JsonMapper();

  private final KeyPair keys;

  private Signer(KeyPair keys) {
    this.keys = keys;
  }

  /** With a key that nobody else has. */
  static Signer fresh() throws GeneralSecurityException {
    return new Signer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
  }

  /** Puts the public key there, as {@code openssl pkey -pubout} does. */
  void publish(Path file) throws Exception {
    Files.createDirectories(file.resolveSibling(""));
    Files.writeString(
        file,
        "-----BEGIN PUBLIC KEY-----\n%s\n-----END PUBLIC KEY-----\n"
            .formatted(Base64.getMimeEncoder().encodeToString(keys.getPublic().getEncoded())));
  }

  /** The members as JSON, with the signature among them. */
  String signed(Map<String, Object> members) throws GeneralSecurityException {
    var sorted = new TreeMap<String, Object>(members);
    var signing = Signature.getInstance("Ed25519");
    signing.initSign(keys.getPrivate());
    signing.update(JSON.writeValueAsString(sorted).getBytes(UTF_8));
    sorted.put("sig", Base64.getEncoder().encodeToString(signing.sign()));
    return JSON.writeValueAsString(sorted);
  }
}
