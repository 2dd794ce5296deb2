package org.kerbside.gateway.uplink;

import java.nio.file.Path;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import javax.net.ssl.SSLException;

/** Why TLS did not come about, in words that somebody in the street can act on. */
final class Distrust {

  private Distrust() {}

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
