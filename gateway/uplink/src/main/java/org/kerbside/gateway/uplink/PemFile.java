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
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Text files that hold keys and certificates in base 64 between two lines (RFC 7468). */
final class Pem {

  /** A chain of ten certificates has a tenth of it. */
  private static final long LARGEST = 256 << 10;

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");

  private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private Pem() {}

  /** All of a file, at least one. */
  static List<X509Certificate> certificates(Path file) throws IOException {
    var certificates = new ArrayList<X509Certificate>();
    var blocks = BLOCK.matcher(text(file));
    while (blocks.find()) {
      if (blocks.group(1).equals("CERTIFICATE")) {
        certificates.add(certificate(file, decode(file, blocks.group(2))));
      }
    }
    if (certificates.isEmpty()) {
      throw new IOException("%s: no certificate in it: expected PEM".formatted(file));
    }
    return certificates;
  }

  /** The bytes of the one block of a kind. */
  static byte[] block(Path file, String kind) throws IOException {
    var blocks = BLOCK.matcher(text(file));
    var found = "nothing of PEM";
    while (blocks.find()) {
      if (blocks.group(1).equals(kind)) {
        return decode(file, blocks.group(2));
      }
      found = blocks.group(1);
    }
    throw new IOException(
        "%s: expected %s, got %s; write it anew: openssl pkcs8 -topk8 -nocrypt"
            .formatted(file, kind, found));
  }

  /** One block, as others read it. */
  static String text(String kind, byte[] bytes) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(kind, LINES.encodeToString(bytes), kind);
  }

  /** Certificates and nothing else, whatever stood around them. */
  static String text(List<X509Certificate> certificates) throws IOException {
    var all = new StringBuilder();
    for (var certificate : certificates) {
      try {
        all.append(text("CERTIFICATE", certificate.getEncoded()));
      } catch (CertificateException never) {
        throw new IOException("a certificate that was read cannot be written", never);
      }
    }
    return all.toString();
  }

  private static String text(Path file) throws IOException {
    if (Files.size(file) > LARGEST) {
      throw new IOException(
          "%s: larger than %d KiB: is it the right file?".formatted(file, LARGEST >> 10));
    }
    return new String(Files.readAllBytes(file), US_ASCII);
  }

  private static byte[] decode(Path file, String text) throws IOException {
    try {
      return Base64.getMimeDecoder().decode(text);
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
