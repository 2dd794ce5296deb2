package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside factory-reset}: a board as before its first start. */
@Command(
    name = "factory-reset",
    header = "Erase all that a stopped service knows: for a board that leaves its site.",
    description = {
      "",
      "Journal, history, identity, what was learned, every revision; where the",
      "package keeps them, also the site's files and secrets in /etc/kerbside. There",
      "is no way back: kerbside backup first. The city revokes the certificate."
    },
    footer = {"", "As: sudo kerbside factory-reset --erase-everything"},
    sortOptions = false)
final class FactoryResetCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  private final Places places;
  @Mixin private final DataFolder data;

  // What was typed: written by picocli, once.
  @Option(
      names = "--erase-everything",
      required = true,
      description = "That this is meant; without it nothing is done.")
  private boolean isMeant;

  FactoryResetCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.places = places;
    this.data = new DataFolder(places);
  }

  @Override
  public Integer call() throws CommandException {
    if (!isMeant) {
      throw new CommandException(
          Exit.WRONG_INPUT, "nothing is erased by half", "--erase-everything");
    }
    var folder = data.path();
    return actions
        .work(new Work.FactoryReset(folder, places.configuration(folder)), terminal)
        .code();
  }
}
