package org.kerbside.gateway.uplink;

import java.io.Serial;

/** The connection to the city does not do what was asked; it must be made anew. */
final class LinkException extends Exception {

  @Serial private static final long serialVersionUID = 1;

  private final String why;

  LinkException(String why) {
    super(why);
    this.why = why;
  }

  String why() {
    return why;
  }
}
