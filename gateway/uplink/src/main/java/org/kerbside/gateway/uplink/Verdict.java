package org.kerbside.gateway.uplink;

/**
 * What the broker said to a certificate that it was shown.
 *
 * @param shown its fingerprint, as {@link OwnCertificate} has it
 * @param refusals how often it was refused since it was last taken; none: it was taken
 * @param why it was refused the last time; empty where it was taken
 */
public record Verdict(String shown, int refusals, String why) {

  /** Once may be a broker that is just reading its list of the revoked. */
  private static final int ENOUGH = 2;

  /** Often enough to believe it. */
  public boolean isRefusal() {
    return refusals >= ENOUGH;
  }

  boolean isTaken() {
    return refusals == 0;
  }
}
