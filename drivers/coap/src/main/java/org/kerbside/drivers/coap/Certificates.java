package org.kerbside.drivers.coap;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.util.List;
import org.eclipse.californium.elements.util.SslContextUtil;
import org.kerbside.drivers.api.DeviceException;

/**
 * The gateway's own certificate and key, and the authority of its devices, from PEM files: {@code
 * cert.pem} and {@code key.pem}, which it shows the city as well, and {@code devices.pem}. A key of
 * the curve P-256: what small devices can (RFC 7925 §4.4).
 */
record Certificates(PrivateKey key, List<Certificate> chain, List<Certificate> authorities) {

  private static final char[] NONE = {};

  Certificates {
    chain = List.copyOf(chain);
    authorities = List.copyOf(authorities);
  }

  static Certificates in(Path folder) throws DeviceException {
    return new Certificates(
        read(
            folder.resolve("key.pem"), uri -> SslContextUtil.loadPrivateKey(uri, null, null, NONE)),
        read(
            folder.resolve("cert.pem"),
            uri -> List.<Certificate>of(SslContextUtil.loadCertificateChain(uri, null, null))),
        read(
            folder.resolve("devices.pem"),
            uri -> List.of(SslContextUtil.loadTrustedCertificates(uri, null, null))));
  }

  /** Reads a file of a format. */
  private interface Reader<T> {
    T read(String uri) throws IOException, GeneralSecurityException;
  }

  private static <T> T read(Path file, Reader<T> reader) throws DeviceException {
    if (!Files.isReadable(file)) {
      throw new DeviceException.Unavailable(
          "%s cannot be read: dtls with identity: certificate needs it".formatted(file));
    }
    try {
      return reader.read(file.toAbsolutePath().toString());
    } catch (IOException | GeneralSecurityException | IllegalArgumentException broken) {
      throw new DeviceException.Refused("%s: %s".formatted(file, broken.getMessage()));
    }
  }
}
