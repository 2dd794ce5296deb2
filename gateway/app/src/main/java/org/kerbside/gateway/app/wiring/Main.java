package org.kerbside.gateway.app.wiring;

import org.kerbside.gateway.cli.KerbsideCommand;
import org.kerbside.gateway.cli.Terminal;

/** The gateway's process. */
public final class Main {

  private Main() {}

  /** Carries out what was typed and ends with its exit code. */
  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** As {@link #main}, with further commands: the demo brings one. */
  public static int run(String[] args, Object... extra) {
    Logs.configure();
    var terminal = Terminal.ofProcess();
    return KerbsideCommand.run(args, new House(), terminal, extra);
  }
}
