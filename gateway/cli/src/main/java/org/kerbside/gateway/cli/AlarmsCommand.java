package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kerbside alarms}: every alarm that is not gone. */
@Command(
    name = "alarms",
    header = "Print the alarms that stand or wait to be acknowledged.",
    sortOptions = false)
final class AlarmsCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final Asking asking;

  AlarmsCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException {
    terminal.out().println(asking.ask("alarms", ""));
    return Exit.DONE.code();
  }
}
