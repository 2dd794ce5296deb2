package org.kerbside.gateway.uplink;

import java.math.BigInteger;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Sha256;

/**
 * What people want to know of the gateway's certificate.
 *
 * @param name its common name: the gateway's id
 * @param serial in hex, whole bytes, as openssl prints it
 * @param fingerprint SHA-256 of the whole, in hex with colons
 */
public record OwnCertificate(
    String name, String serial, String fingerprint, Instant begin, Instant end) {

  static OwnCertificate of(X509Certificate certificate) {
    return new OwnCertificate(
        name(certificate),
        serial(certificate.getSerialNumber()),
        fingerprint(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant());
  }

  /** From here on another one is asked for: two thirds of its time are over. */
  public Instant due() {
    return begin.plus(Duration.between(begin, end).multipliedBy(2).dividedBy(3));
  }

  /** Nobody can say while the time is not known: then nothing is due. */
  public boolean isDue(Moment now) {
    return now.clock() != ClockQuality.NONE && !now.wall().isBefore(due());
  }

  /** Its last day is past; nobody can say while the time is not known. */
  public boolean isOver(Moment now) {
    return now.clock() != ClockQuality.NONE && now.wall().isAfter(end);
  }

  static String serial(BigInteger number) {
    var digits = number.abs().toString(16).toUpperCase(Locale.ROOT);
    return (number.signum() < 0 ? "-" : "") + "0".repeat(digits.length() % 2) + digits;
  }

  private static String name(X509Certificate certificate) {
    try {
      return new LdapName(certificate.getSubjectX500Principal().getName())
          .getRdns().stream()
              .filter(part -> part.getType().equalsIgnoreCase("CN"))
              .map(part -> part.getValue().toString())
              .findFirst()
              .orElse("");
    } catch (InvalidNameException odd) {
      return "";
    }
  }

  private static String fingerprint(X509Certificate certificate) {
    try {
      var digest = Sha256.bytes(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (CertificateEncodingException never) {
      throw new IllegalStateException("a certificate that was read cannot be written", never);
    }
  }
}
