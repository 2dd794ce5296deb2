package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import org.kerbside.gateway.app.Heartbeat;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Requests;

/** What the process runs at a time: a gateway, or safe mode. Belongs to its main thread. */
interface Served extends Heartbeat.Body {

  /** Runs from now on; where this ends with an exception, {@link #stop} follows. */
  void start() throws CommandException, InterruptedException;

  /** What can be asked of it, once it is started. */
  Requests requests();

  /** Ends in order; what the heir can go on with is left to it. */
  void stop(Heir heir) throws InterruptedException, IOException;

  /** What it is, once it is ready: {@code ready}, and {@code 22 assets}. */
  Greeting greeting();

  /** What is said of it at its end. */
  String farewell();

  /**
   * How it says that it runs.
   *
   * @param word what it is
   * @param more what people may want to know of it
   */
  record Greeting(String word, String more) {}
}
