package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kerbside identity}: the gateway's certificate, and the way to another one. */
@Command(
    name = "identity",
    header = "Print whose the gateway's certificate is and until when; its commands get one.",
    description = {
      "",
      "Ends with 1 where there is none, or another one is due: two thirds of its",
      "time are over. The private key is made here and never printed."
    },
    sortOptions = false)
final class IdentityCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  @Mixin private final SiteChoice choice;

  IdentityCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.choice = new SiteChoice(places);
  }

  @Override
  public Integer call() throws CommandException {
    return actions.work(new Work.Identity(choice.data(), choice.format()), terminal).code();
  }
}
