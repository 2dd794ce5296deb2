package org.kerbside.drivers.board;

import java.util.function.Supplier;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls into Pi4J, which tells of a device that is gone by whatever was thrown deepest. */
final class Pi4jCalls {

  private static final Logger LOG = LoggerFactory.getLogger(Pi4jCalls.class);

  private Pi4jCalls() {}

  /**
   * Calls it; what it throws, native code that cannot be loaded among it, becomes one exception.
   *
   * @param what is called, for people
   */
  static <T> T told(String what, Supplier<T> call) throws Unavailable {
    try {
      return call.get();
    } catch (RuntimeException | LinkageError told) {
      throw new Unavailable("%s: %s".formatted(what, deepest(told)));
    }
  }

  /** What fails at the end is told, and keeps nothing else from ending. */
  static void quietly(Runnable call) {
    try {
      call.run();
    } catch (RuntimeException | LinkageError told) {
      LOG.warn("pi4j does not close: {}", deepest(told));
    }
  }

  private static String deepest(Throwable told) {
    var cause = told;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }
}
