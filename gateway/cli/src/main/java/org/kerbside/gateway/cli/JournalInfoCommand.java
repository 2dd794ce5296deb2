package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kerbside journal info}: what stands in it. */
@Command(
    name = "info",
    header = "Print what stands in the journal, and how far the city has it.",
    sortOptions = false)
final class JournalInfoCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  @Mixin private final DataFolder data;
  @Mixin private final FormatChoice chosen = new FormatChoice();

  JournalInfoCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.data = new DataFolder(places);
  }

  @Override
  public Integer call() throws CommandException {
    return actions.work(new Work.JournalBrief(data.path(), chosen.format()), terminal).code();
  }
}
