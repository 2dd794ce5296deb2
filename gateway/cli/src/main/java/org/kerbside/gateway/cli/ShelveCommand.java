package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kerbside shelve ALARM --for D --reason WHY}. */
@Command(name = "shelve", header = "Hear nothing of an alarm for a while.", sortOptions = false)
final class ShelveCommand implements Callable<Integer> {

  @Mixin private final Deeds deeds;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "ALARM", description = "Which one, as bin-2/bin-overflow.")
  private String alarm = "";

  @Mixin private final Spell spell = new Spell();

  ShelveCommand(Terminal terminal, Places places) {
    this.deeds = new Deeds(terminal, places);
  }

  @Override
  public Integer call() throws CommandException {
    return deeds.done("shelve", alarm.strip(), spell.words());
  }
}
