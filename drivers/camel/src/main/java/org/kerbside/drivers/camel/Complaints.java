package org.kerbside.drivers.camel;

import org.apache.camel.Exchange;
import org.apache.camel.spi.ExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a component says of its troubles: told when it is another than the last, a stack trace
 * never.
 */
final class Complaints implements ExceptionHandler {

  static final String BEAN = "kerbside-complaints";

  private static final Logger LOG = LoggerFactory.getLogger(Complaints.class);

  private final String bus;
  private String told = "";

  Complaints(String bus) {
    this.bus = bus;
  }

  @Override
  public void handleException(Throwable trouble) {
    handleException("", null, trouble);
  }

  @Override
  public void handleException(String message, Throwable trouble) {
    handleException(message, null, trouble);
  }

  @Override
  public synchronized void handleException(
      String message, @Nullable Exchange exchange, Throwable trouble) {
    var said = Endpoints.reason(trouble);
    if (!said.equals(told)) {
      LOG.warn("bus {}: {}", bus, said);
      told = said;
    }
  }
}
