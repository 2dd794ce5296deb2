package org.kerbside.gateway.model;

import org.jspecify.annotations.Nullable;

/** Who the gateway is to the city's broker. */
public sealed interface Identity {

  /** Nobody: only where the site says so in so many words. */
  record Anonymous() implements Identity {}

  record Password(String user, @Nullable String password) implements Identity {

    /** Never the password: this may be printed in logs. */
    @Override
    public String toString() {
      return user;
    }
  }

  /** The key and the certificate that lie in the gateway's own folder; over TLS alone. */
  record Certificate() implements Identity {}
}
