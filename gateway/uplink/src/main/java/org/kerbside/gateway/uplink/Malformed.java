package org.kerbside.gateway.uplink;

import java.io.Serial;

/** A payload from the city is not what the contract says. */
final class Malformed extends Exception {

  @Serial private static final long serialVersionUID = 1;

  Malformed(String message) {
    super(message);
  }
}
