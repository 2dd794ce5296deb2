package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kerbside status}: what the running service says of itself. */
@Command(name = "status", header = "Ask the running service how it is.", sortOptions = false)
final class StatusCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final Asking asking;

  StatusCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException {
    terminal.out().println(asking.ask("status", ""));
    return Exit.DONE.code();
  }
}
