package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.cli.Work.Show.Depth;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside show}: the site, includes merged and ranges written out. */
@Command(
    name = "show",
    header = "Print the site: includes merged, ranges written out, secrets as dots.",
    sortOptions = false)
final class ShowCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  @Mixin private final SiteChoice choice;

  // What was typed: written by picocli, once.
  @Option(names = "--asset", paramLabel = "ASSET", description = "Only this one.")
  private @Nullable String asset;

  @Option(
      names = "--resolved",
      description = "Say where each word comes from, and what holds without one.")
  private boolean resolved;

  @Option(
      names = "--diff",
      paramLabel = "REV",
      description = "Only how the files are another than a revision.")
  private @Nullable Long diff;

  ShowCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.choice = new SiteChoice(places);
  }

  @Override
  public Integer call() throws CommandException {
    var depth = resolved ? Depth.RESOLVED : Depth.WRITTEN;
    var work = new Work.Show(choice.site(), choice.data(), asset, depth, diff, choice.format());
    return actions.work(work, terminal).code();
  }
}
