package org.kerbside.gateway.uplink;

import java.io.Serial;

/** A payload from the city is not what the contract says. */
sealed class Malformed extends Exception permits Malformed.Unsigned {

  @Serial private static final long serialVersionUID = 1;

  Malformed(String message) {
    super(message);
  }

  /** Nobody whom the site trusts has signed it. */
  static final class Unsigned extends Malformed {

    @Serial private static final long serialVersionUID = 1;

    private final String doubt;

    Unsigned(String doubt) {
      super("unsigned: " + doubt);
      this.doubt = doubt;
    }

    /** Why its signature does not count. */
    String doubt() {
      return doubt;
    }
  }
}
