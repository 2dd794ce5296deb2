package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kerbside maintenance ASSET --for D --reason WHY}. */
@Command(name = "maintenance", header = "Say that somebody works on an asset.", sortOptions = false)
final class MaintenanceCommand implements Callable<Integer> {

  @Mixin private final Deeds deeds;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "ASSET", description = "Which one, as bin-2.")
  private String asset = "";

  @Mixin private final Spell spell = new Spell();

  MaintenanceCommand(Terminal terminal, Places places) {
    this.deeds = new Deeds(terminal, places);
  }

  @Override
  public Integer call() throws CommandException {
    return deeds.done("maintenance", asset.strip(), spell.words());
  }
}
