package org.kerbside.deploy.platform.receiver;

import java.io.Serial;

/** A message is not what the contract says. */
final class MalformedException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  MalformedException(String message) {
    super(message);
  }
}
