package org.kerbside.gateway.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kerbside ack ALARM}. */
@Command(name = "ack", header = "Say that an alarm has been seen.", sortOptions = false)
final class AckCommand implements Callable<Integer> {

  @Mixin private final Deeds deeds;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "ALARM", description = "Which one, as bin-2/bin-overflow.")
  private String alarm = "";

  AckCommand(Terminal terminal, Places places) {
    this.deeds = new Deeds(terminal, places);
  }

  @Override
  public Integer call() throws CommandException {
    return deeds.done("ack", alarm.strip(), Map.of());
  }
}
