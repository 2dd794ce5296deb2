package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.cli.Work.Bundle.Extent;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside bundle}: what somebody far away needs to help. */
@Command(
    name = "bundle",
    header = "Write what somebody far away needs to help to a file; no secret is in it.",
    sortOptions = false)
final class BundleCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  @Mixin private final SiteChoice choice;

  // What was typed: written by picocli, once.
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to; if not given, named after the day, here.")
  private @Nullable Path to;

  @Option(names = "--preview", description = "Print all that would be in it, and write nothing.")
  private boolean preview;

  BundleCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.choice = new SiteChoice(places);
  }

  @Override
  public Integer call() throws CommandException {
    var extent = preview ? Extent.PREVIEW : Extent.WHOLE;
    var work = new Work.Bundle(choice.site(), choice.data(), to, extent);
    return actions.work(work, terminal).code();
  }
}
