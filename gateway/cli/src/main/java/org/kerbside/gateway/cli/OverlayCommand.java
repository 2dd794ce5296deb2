package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kerbside overlay}: what was learned on the spot, as lines for the site's own files. */
@Command(
    name = "overlay",
    header = "Print what was learned on the spot, as lines for the site's files.",
    sortOptions = false)
final class OverlayCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final Asking asking;

  // What was typed: written by picocli, once.
  @Parameters(
      arity = "0..1",
      paramLabel = "ASSET",
      description = "Of this one; if not given, of all.")
  private String asset = Finding.ALL;

  OverlayCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException {
    terminal.out().println(asking.ask("overlay", asset.strip()));
    return Exit.DONE.code();
  }
}
