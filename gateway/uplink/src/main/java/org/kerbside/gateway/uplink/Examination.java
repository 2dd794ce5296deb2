package org.kerbside.gateway.uplink;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;

/**
 * Whether a certificate that came in is fit for this gateway. What is not would only be seen at the
 * broker, when the old one is gone.
 *
 * @param file it came in, named in what is said
 * @param id whose it has to be
 * @param keys the folder of the gateway's keys: it has to be of one of them
 */
record Examination(Path file, String id, Path keys) {

  private static final String CLIENT = "1.3.6.1.5.5.7.3.2"; // id-kp-clientAuth, RFC 5280

  /**
   * Refuses what is not fit.
   *
   * @param chain the gateway's first
   * @param authorities whom it has to come from; empty: from anybody
   * @return what a person should know though it is fit
   */
  List<String> of(List<X509Certificate> chain, List<X509Certificate> authorities, Moment now)
      throws IdentityException {
    var own = chain.getFirst();
    checkKey(own);
    checkName(own);
    checkUse(own);
    checkChain(chain, authorities);
    var notes = new ArrayList<String>();
    checkDates(own, now, notes);
    if (authorities.isEmpty()) {
      notes.add("there is no ca.pem: nobody can say whom it comes from; give it by --authority");
    }
    return notes;
  }

  private void checkKey(X509Certificate own) throws IdentityException {
    if (Credentials.keyOf(keys, own) == null) {
      throw refused(
          "is for no key of this gateway",
          "send the city what kerbside identity request prints, and put in what comes back");
    }
  }

  private void checkName(X509Certificate own) throws IdentityException {
    var name = OwnCertificate.of(own).name();
    if (!name.equals(id)) {
      throw refused(
          "is made out to '%s': expected the gateway's id '%s'".formatted(name, id),
          "the broker's rules go by that name: ask the city for one with CN=" + id);
    }
  }

  private void checkUse(X509Certificate own) throws IdentityException {
    try {
      var uses = own.getExtendedKeyUsage();
      if (uses != null && !uses.contains(CLIENT)) {
        throw refused(
            "is not for clients", "ask the city for one with the extended key usage clientAuth");
      }
    } catch (CertificateParsingException odd) {
      throw refused("says nothing readable of its use", "ask the city for another");
    }
  }

  private void checkChain(List<X509Certificate> chain, List<X509Certificate> authorities)
      throws IdentityException {
    for (int i = 1; i < chain.size(); i++) {
      if (!isFrom(chain.get(i - 1), chain.get(i))) {
        throw refused(
            "certificate %d does not come from certificate %d".formatted(i, i + 1),
            "the gateway's first, then what stands between it and the authority, in that order");
      }
    }
    var last = chain.getLast();
    if (!authorities.isEmpty()
        && authorities.stream().noneMatch(from -> last.equals(from) || isFrom(last, from))) {
      throw refused(
          "comes from nobody in ca.pem but from '%s'".formatted(last.getIssuerX500Principal()),
          "put what stands in between behind it, or give the authority by --authority");
    }
  }

  /** A clock that was never set, or has drifted for long, refuses nothing. */
  private void checkDates(X509Certificate own, Moment now, List<String> notes)
      throws IdentityException {
    var begin = own.getNotBefore().toInstant();
    var end = own.getNotAfter().toInstant();
    boolean isKnown = now.clock() == ClockQuality.SYNC;
    if (now.wall().isAfter(end)) {
      judge(isKnown, "ended on " + end, notes);
    }
    if (now.wall().isBefore(begin)) {
      judge(isKnown, "begins only on " + begin, notes);
    }
  }

  private void judge(boolean isKnown, String date, List<String> notes) throws IdentityException {
    if (isKnown) {
      throw refused(date + ", by our clock", "ask the city for another");
    }
    notes.add("it %s by our clock, which nobody has set: see to the time".formatted(date));
  }

  private static boolean isFrom(X509Certificate one, X509Certificate issuer) {
    try {
      one.verify(issuer.getPublicKey());
      return issuer.getBasicConstraints() >= 0;
    } catch (GeneralSecurityException other) {
      return false;
    }
  }

  private IdentityException refused(String problem, String remedy) {
    return new IdentityException("%s: %s".formatted(file, problem), remedy);
  }
}
