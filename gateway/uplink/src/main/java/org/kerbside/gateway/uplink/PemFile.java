package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.kerbside.gateway.model.Pem;

/** Files that hold keys and certificates as {@link Pem}. */
final class PemFile {

  /** A chain of ten certificates has a tenth of it. */
  private static final long LARGEST = 256 << 10;

  private PemFile() {}

  /** All of a file, at least one. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    var certificates = new ArrayList<X509Certificate>();
    for (var block : blocks(file)) {
      if (block.kind().equals("CERTIFICATE")) {
        certificates.add(certificate(file, block.bytes()));
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException("%s: no certificate in it: expected PEM".formatted(file));
    }
    return certificates;
  }

  /** The bytes of the one block of a kind. */
  static byte[] block(Path file, String kind) throws IOException {
    var found = "nothing of PEM";
    for (var block : blocks(file)) {
      if (block.kind().equals(kind)) {
        return block.bytes();
      }
      found = block.kind();
    }
    throw new IOException(
        "%s: expected %s, got %s; write it anew: openssl pkcs8 -topk8 -nocrypt"
            .formatted(file, kind, found));
  }

  /** Certificates and nothing else, whatever stood around them. */
  static String text(List<X509Certificate> certificates) throws IOException {
    var all = new StringBuilder();
    for (var certificate : certificates) {
      try {
        all.append(Pem.text("CERTIFICATE", certificate.getEncoded()));
      } catch (CertificateException never) {
        throw new IOException("a certificate that was read cannot be written", never);
      }
    }
    return all.toString();
  }

  private static List<Pem.Block> blocks(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(
          "%s: larger than %d KiB: is it the right file?".formatted(file, LARGEST >> 10));
    }
    try {
      return Pem.blocks(new String(Files.readAllBytes(file), US_ASCII));
    } catch (IllegalArgumentException cause) {
      throw new IOException("%s: not base 64: %s".formatted(file, cause.getMessage()), cause);
    }
  }

  private static X509Certificate certificate(Path file, byte[] bytes) throws IOException {
    try {
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(bytes));
    } catch (CertificateException cause) {
      throw new IOException("%s: no certificate: %s".formatted(file, cause.getMessage()), cause);
    }
  }
}
