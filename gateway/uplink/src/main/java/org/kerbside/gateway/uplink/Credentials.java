package org.kerbside.gateway.uplink;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Identity;

/**
 * What TLS shows and trusts: the PEM files of one folder. Read anew for every connection, so that a
 * renewed certificate counts from the next one on, and a missing one may still come.
 *
 * <ul>
 *   <li>{@code ca.pem}: whom the broker's certificate must come from; without it, whom Java trusts
 *   <li>{@code cert.pem}: ours, with those between it and the city's authority
 *   <li>{@code key.pem}: its private key, PKCS#8, readable by its owner alone
 *   <li>{@code next-key.pem}: a key whose certificate was asked for; {@code previous.pem} and
 *       {@code refused.pem}: whole pairs, {@link Trial}. Where {@code cert.pem} is of one of these,
 *       something was cut short, and this is the key
 * </ul>
 */
final class Credentials {

  static final String AUTHORITIES = "ca.pem";
  static final String CERTIFICATE = "cert.pem";
  static final String KEY = "key.pem";

  private static final char[] NO_PASSWORD = {};
  private static final byte[] NONCE = {1, 2, 3, 4};

  /** Where the key of a certificate may be. */
  private static final List<String> KEYS =
      List.of(KEY, IdentityFolder.NEXT_KEY, Trial.PREVIOUS, Trial.REFUSED);

  private static final Set<PosixFilePermission> OWNERS =
      EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path folder;

  Credentials(Path folder) {
    this.folder = folder;
  }

  /**
   * What a connection shows and trusts.
   *
   * @param shown the fingerprint of our certificate; empty where we show none
   */
  record Face(SSLContext context, String shown) {}

  /**
   * Reads what is there.
   *
   * @throws IOException whose message names the file and what to do
   */
  Face face(Identity identity) throws IOException {
    return switch (identity) {
      case Identity.Anonymous none -> new Face(context(null), "");
      case Identity.Password spoken -> new Face(context(null), "");
      case Identity.Certificate shown -> {
        var chain =
            certificates(folder.resolve(CERTIFICATE), "put the gateway's certificate there");
        yield new Face(context(keys(chain)), OwnCertificate.of(chain.getFirst()).fingerprint());
      }
    };
  }

  private SSLContext context(KeyManager @Nullable [] keys) throws IOException {
    var trust = trust();
    try {
      if (keys == null && trust == null) {
        return SSLContext.getDefault();
      }
      var context = SSLContext.getInstance("TLS");
      context.init(keys, trust, null);
      return context;
    } catch (GeneralSecurityException cause) {
      throw new IOException(
          "tls: the trusted certificates do not load: " + cause.getMessage(), cause);
    }
  }

  private KeyManager[] keys(List<X509Certificate> chain) throws IOException {
    var found = keyOf(folder, chain.getFirst());
    var keyFile = found == null ? folder.resolve(KEY) : found;
    require(keyFile, "put its private key there, PKCS#8 in PEM, mode 0600");
    checkOwner(keyFile);
    try {
      var key = key(keyFile, chain.getFirst().getPublicKey().getAlgorithm());
      if (!isPair(key, chain.getFirst())) {
        // It would only be refused at the broker.
        throw new IOException(
            "%s: is the key of another certificate: put both there together".formatted(keyFile));
      }
      var store = empty();
      store.setKeyEntry("gateway", key, NO_PASSWORD, chain.toArray(X509Certificate[]::new));
      var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(store, NO_PASSWORD);
      return factory.getKeyManagers();
    } catch (GeneralSecurityException cause) {
      throw new IOException(
          "%s: no key for the certificate beside it: %s; write PKCS#8 in PEM: openssl pkcs8 -topk8 -nocrypt"
              .formatted(keyFile, cause.getMessage()),
          cause);
    }
  }

  private TrustManager @Nullable [] trust() throws IOException {
    var file = folder.resolve(AUTHORITIES);
    if (!Files.exists(file)) {
      return null;
    }
    try {
      var store = empty();
      for (var authority : certificates(file, "put the city's authority there")) {
        store.setCertificateEntry("city-" + store.size(), authority);
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(store);
      return factory.getTrustManagers();
    } catch (GeneralSecurityException cause) {
      throw new IOException("%s: %s".formatted(file, cause.getMessage()), cause);
    }
  }

  private static List<X509Certificate> certificates(Path file, String remedy) throws IOException {
    require(file, remedy + ", PEM");
    return PemFile.certificates(file);
  }

  private static PrivateKey key(Path file, String algorithm)
      throws IOException, GeneralSecurityException {
    return KeyFactory.getInstance(algorithm)
        .generatePrivate(new PKCS8EncodedKeySpec(PemFile.block(file, "PRIVATE KEY")));
  }

  /** The file of a folder that has the private key of a certificate; null where none has. */
  static @Nullable Path keyOf(Path folder, X509Certificate certificate) {
    for (var name : KEYS) {
      if (isPair(folder.resolve(name), certificate)) {
        return folder.resolve(name);
      }
    }
    return null;
  }

  /** Whether a file has the private key of a certificate; no where it cannot be read. */
  static boolean isPair(Path file, X509Certificate certificate) {
    try {
      return Files.exists(file)
          && isPair(key(file, certificate.getPublicKey().getAlgorithm()), certificate);
    } catch (IOException | GeneralSecurityException another) {
      return false;
    }
  }

  private static boolean isPair(PrivateKey key, X509Certificate certificate)
      throws GeneralSecurityException {
    var kind =
        switch (key.getAlgorithm()) {
          case "RSA" -> "SHA256withRSA";
          case "EC" -> "SHA256withECDSA";
          default -> key.getAlgorithm();
        };
    var signing = Signature.getInstance(kind);
    signing.initSign(key);
    signing.update(NONCE);
    var signed = signing.sign();
    var checking = Signature.getInstance(kind);
    checking.initVerify(certificate);
    checking.update(NONCE);
    return checking.verify(signed);
  }

  private static void require(Path file, String remedy) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new IOException("%s: is missing; %s".formatted(file, remedy));
    }
  }

  private static void checkOwner(Path file) throws IOException {
    try {
      if (!OWNERS.containsAll(Files.getPosixFilePermissions(file))) {
        throw new IOException(
            "%s: others can read it; chmod 600, and ask for a new certificate if they may have"
                .formatted(file));
      }
    } catch (UnsupportedOperationException noSuchNotion) {
      // A file system without owners.
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    var store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    return store;
  }
}
