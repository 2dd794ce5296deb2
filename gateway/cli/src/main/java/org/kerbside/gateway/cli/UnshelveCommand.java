package org.kerbside.gateway.cli;

import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kerbside unshelve ALARM}. */
@Command(
    name = "unshelve",
    header = "Hear of an alarm again that was shelved.",
    sortOptions = false)
final class UnshelveCommand implements Callable<Integer> {

  @Mixin private final Deeds deeds;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "ALARM", description = "Which one, as bin-2/bin-overflow.")
  private String alarm = "";

  UnshelveCommand(Terminal terminal, Places places) {
    this.deeds = new Deeds(terminal, places);
  }

  @Override
  public Integer call() throws CommandException {
    return deeds.done("unshelve", alarm.strip(), Map.of());
  }
}
