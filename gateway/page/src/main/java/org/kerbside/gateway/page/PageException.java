package org.kerbside.gateway.page;

import org.jspecify.annotations.Nullable;

/** The page cannot be served: its address is taken or not this machine's. Told for people. */
public final class PageException extends Exception {

  private static final long serialVersionUID = 1L;

  PageException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
