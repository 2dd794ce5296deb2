package org.kerbside.gateway.uplink;

import java.io.Serial;

/** A command's payload is not what the contract says. */
final class MalformedCommand extends Exception {

  @Serial private static final long serialVersionUID = 1;

  MalformedCommand(String message) {
    super(message);
  }
}
