package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside journal info}: what stands in it. */
@Command(
    name = "info",
    header = "Print what stands in the journal, and how far the city has it.",
    sortOptions = false)
final class JournalInfoCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  @Mixin private final DataFolder data;

  // What was typed: written by picocli, once.
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (as if not given) or json.")
  private Format format = Format.TEXT;

  JournalInfoCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.data = new DataFolder(places);
  }

  @Override
  public Integer call() throws CommandException {
    return actions.work(new Work.JournalBrief(data.path(), format), terminal).code();
  }
}
