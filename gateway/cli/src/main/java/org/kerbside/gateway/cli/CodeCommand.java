package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside code}: a worker's job code of today, or what the city makes codes of. */
@Command(
    name = "code",
    header = "Tell a worker's job code of today, or make a gateway's key of a role.",
    sortOptions = false)
final class CodeCommand implements Callable<Integer> {

  private static final String BY_SITE = "kerbside code SITE.yaml --role crew --worker 4711";
  private static final String BY_SEED = "kerbside code --role crew --seed FILE --gateway ID";

  private final Actions actions;
  private final Terminal terminal;
  private final Places places;
  @Mixin private final SiteParameter site = new SiteParameter();

  // What was typed: written by picocli, once.
  @Option(
      names = "--role",
      required = true,
      paramLabel = "ROLE",
      description = "crew, installer or engineer.")
  private String role = "";

  @Option(
      names = "--worker",
      paramLabel = "NUMBER",
      description = "Whose code; by the site's key of the role.")
  private @Nullable String worker;

  @Option(
      names = "--seed",
      paramLabel = "FILE",
      description = {
        "The city's seed, 64 hex digits: print the key of the",
        "role at a gateway, for its secrets/role-ROLE."
      })
  private @Nullable Path seed;

  @Option(names = "--gateway", paramLabel = "ID", description = "Which gateway, as CD-QY-0173.")
  private @Nullable String gateway;

  CodeCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.places = places;
  }

  @Override
  public Integer call() throws CommandException {
    return actions.code(new CodeOptions(role, by()), terminal).code();
  }

  private CodeOptions.By by() throws CommandException {
    if (seed != null) {
      if (gateway == null || worker != null || site.path() != null) {
        throw new CommandException(
            Exit.WRONG_INPUT, "'--seed' makes the key of one gateway", BY_SEED);
      }
      return new CodeOptions.By.Seed(places.existing(seed, BY_SEED), gateway);
    }
    if (worker == null || gateway != null) {
      throw new CommandException(Exit.WRONG_INPUT, "a code is one worker's", BY_SITE);
    }
    return new CodeOptions.By.Site(places.site(site.path(), BY_SITE), worker);
  }
}
