package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** {@code kerbside version}. */
@Command(name = "version", header = "Say which version this is, and what it runs on.")
final class VersionCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;

  VersionCommand(Actions actions, Terminal terminal) {
    this.actions = actions;
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.out().println(actions.version());
    return Exit.DONE.code();
  }
}
