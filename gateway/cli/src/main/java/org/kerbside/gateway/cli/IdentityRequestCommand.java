package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside identity request}: what the city makes a certificate of. */
@Command(
    name = "request",
    header = "Print the request for a certificate (PKCS#10), of a key that is made here.",
    description = {
      "",
      "As: sudo kerbside identity request > gateway.csr",
      "Printed once more, it is the same one until a certificate has come."
    },
    sortOptions = false)
final class IdentityRequestCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  @Mixin private final SiteChoice choice;

  // What was typed: written by picocli, once.
  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The gateway's id; if not given, the site's.")
  private @Nullable String id;

  IdentityRequestCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.choice = new SiteChoice(places);
  }

  @Override
  public Integer call() throws CommandException {
    var work = new Work.IdentityRequest(choice.site(), choice.data(), id);
    return actions.work(work, terminal).code();
  }
}
