package org.kerbside.gateway.uplink;

import java.io.Serial;

/** What is wrong with the gateway's key or certificate, and what to do about it. */
public final class IdentityException extends Exception {

  @Serial private static final long serialVersionUID = 1L;

  private final String remedy;

  IdentityException(String problem, String remedy) {
    super(problem);
    this.remedy = remedy;
  }

  public String remedy() {
    return remedy;
  }
}
