package org.kerbside.gateway.uplink;

import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Why TLS did not come about, in words that somebody in the street can act on, and whose fault it
 * is.
 */
final class Distrust {

  /**
   * With which a peer refuses a certificate (RFC 8446 §6.2); the last, one of TLS 1.2 that misses
   * it: Java shows none to who does not name its authority.
   */
  private static final Pattern OURS =
      Pattern.compile(
          "fatal alert: (bad_certificate|unsupported_certificate|certificate_\\w+|unknown_ca|access_denied|handshake_failure)$");

  private Distrust() {}

  /** Whether the peer does not want our certificate: what it says, in its own word. */
  static @Nullable String alert(@Nullable Throwable cause) {
    for (var each = cause; each != null; each = each.getCause()) {
      var alert = OURS.matcher(String.valueOf(each.getMessage()));
      if (each instanceof SSLException && alert.find()) {
        return alert.group(1);
      }
    }
    return null;
  }

  static String of(SSLException refusal, Path folder) {
    Throwable reason = refusal;
    while (reason.getCause() != null) {
      reason = reason.getCause();
    }
    // Java's words for these end in its own date, «NotAfter: …».
    return switch (reason) {
      case CertificateExpiredException ended ->
          "tls: the broker's certificate ended on %s, by our clock".formatted(date(ended));
      case CertificateNotYetValidException early ->
          "tls: the broker's certificate begins only on %s, by our clock".formatted(date(early));
      case CertPathBuilderException unknown ->
          "tls: the broker's certificate comes from nobody that is trusted; put the city's authority into %s"
              .formatted(folder.resolve(Credentials.AUTHORITIES));
      default -> "tls: " + reason.getMessage();
    };
  }

  private static String date(Throwable reason) {
    return String.valueOf(reason.getMessage()).replaceFirst("^Not[A-Za-z]+: ", "");
  }
}
