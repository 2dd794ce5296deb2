package org.kerbside.drivers.camel;

import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultMessage;

/** What became of a message, as its sender is told. */
enum Answer {
  KEPT(204, ".done"),
  /** It says nothing that could be kept: to repeat it changes nothing. */
  NOTHING(400, ".failed"),
  TOO_LARGE(413, ".failed"),
  /** No room, or the disk refuses: it is to come again. */
  LATER(503, "");

  /** The property that names the folder for a file that was read. */
  static final String SHELF = "kerbside-shelf";

  private static final int RETRY_SECONDS = 5; // a commit is held back so long at most

  private final int status;
  private final String shelf;

  Answer(int status, String shelf) {
    this.status = status;
    this.shelf = shelf;
  }

  /** Told of an exchange, whatever its component makes of that. */
  void tell(Exchange exchange, String why) {
    exchange.setProperty(SHELF, shelf);
    var message = new DefaultMessage(exchange); // nothing that came from outside goes back
    message.setHeader(Exchange.HTTP_RESPONSE_CODE, status);
    message.setBody(why.isEmpty() ? null : why + "\n");
    if (this == LATER) {
      message.setHeader("Retry-After", RETRY_SECONDS);
    }
    boolean isAnswered = exchange.getPattern().isOutCapable();
    if (this == LATER && !isAnswered) {
      exchange.setException(new NotKept(why));
    }
    exchange.setMessage(message);
  }

  /** A polled message stays where it is. */
  static final class NotKept extends Exception {
    private static final long serialVersionUID = 1L;

    NotKept(String why) {
      super(why, null, false, false);
    }
  }
}
