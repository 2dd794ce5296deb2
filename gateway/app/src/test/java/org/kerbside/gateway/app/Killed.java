package org.kerbside.gateway.app;

/** The process is killed just here. No code of the gateway's catches an error. */
final class Killed extends Error {

  private static final long serialVersionUID = 1;

  Killed(String where) {
    super(where, null, false, false);
  }
}
