package org.kerbside.gateway.journal;

/** The journal cannot be opened, and why; the message is for people. */
public final class JournalException extends Exception {

  private static final long serialVersionUID = 1;

  JournalException(String message, Throwable cause) {
    super(message, cause);
  }

  JournalException(String message) {
    super(message);
  }
}
