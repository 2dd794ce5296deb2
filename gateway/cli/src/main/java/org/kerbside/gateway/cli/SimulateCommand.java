package org.kerbside.gateway.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside simulate ASSET --fault F}: lets something go wrong on a simulated street. */
@Command(
    name = "simulate",
    header = "Let an asset of the simulated street fail, to see what becomes of it.",
    description = {
      "",
      "Asks the service of a site with a simulated bus, or, by their data folder,",
      "the peers. As: kerbside simulate lamp-3 --fault lamp-failure --for 1h"
    },
    sortOptions = false)
final class SimulateCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final Asking asking;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "ASSET", description = "Which one, as lamp-3.")
  private String asset = "";

  @Option(
      names = "--fault",
      required = true,
      paramLabel = "FAULT",
      description = "What goes wrong, as lamp-failure.")
  private String fault = "";

  @Option(
      names = "--for",
      paramLabel = "SPAN",
      description = "How long, of the street's time; if not given, 10min.")
  private String span = "10min";

  SimulateCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException {
    var form = new LinkedHashMap<String, String>();
    form.put("asset", asset.strip());
    form.put("fault", fault.strip());
    form.put("for", span.strip());
    terminal.out().println(asking.ask("simulate", new Form(form).word()));
    return Exit.DONE.code();
  }
}
