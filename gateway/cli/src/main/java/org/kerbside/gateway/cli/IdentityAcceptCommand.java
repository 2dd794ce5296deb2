package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside identity accept}: the certificate that the city sent back. */
@Command(
    name = "accept",
    header = "Put the certificate that came back into use, if it is fit.",
    description = {
      "",
      "It has to be of a key of this gateway, made out to its id, come from the",
      "authority and be good today. The service connects with it within a minute."
    },
    sortOptions = false)
final class IdentityAcceptCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  private final Places places;
  @Mixin private final SiteChoice choice;

  // What was typed: written by picocli, once.
  @Parameters(
      paramLabel = "FILE",
      description = "PEM: the gateway's first, then what stands between it and the authority.")
  private Path chain = Path.of("");

  @Option(
      names = "--authority",
      paramLabel = "FILE",
      description = "PEM: whom ours comes from; the broker's may then, too.")
  private @Nullable Path authority;

  @Option(
      names = "--id",
      paramLabel = "ID",
      description = "The gateway's id; if not given, the site's, or that of the request.")
  private @Nullable String id;

  IdentityAcceptCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.places = places;
    this.choice = new SiteChoice(places);
  }

  @Override
  public Integer call() throws CommandException {
    var usage = "kerbside identity accept FILE";
    var work =
        new Work.IdentityAccept(
            choice.site(),
            choice.data(),
            places.existing(chain, usage),
            authority == null ? null : places.existing(authority, usage),
            id);
    return actions.work(work, terminal).code();
  }
}
