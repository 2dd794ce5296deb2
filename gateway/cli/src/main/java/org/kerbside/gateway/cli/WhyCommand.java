package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kerbside why ALARM}: the chain of inputs that made a standing alarm so. */
@Command(name = "why", header = "Ask the running service why an alarm stands.", sortOptions = false)
final class WhyCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final Asking asking;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "ALARM", description = "Which one, as bin-2/bin-overflow.")
  private String alarm = "";

  WhyCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException {
    terminal.out().println(asking.ask("why", alarm.strip()));
    return Exit.DONE.code();
  }
}
