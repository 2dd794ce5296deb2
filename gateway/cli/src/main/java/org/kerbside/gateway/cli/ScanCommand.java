package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code kerbside scan BUS}: who answers, address by address. The service goes on polling between:
 * a whole bus takes some minutes.
 */
@Command(
    name = "scan",
    header = "Find the devices on a bus of the running service.",
    sortOptions = false)
final class ScanCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final Asking asking;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "BUS", description = "Which one, as rs485-a.")
  private String bus = "";

  @Option(names = "--from", paramLabel = "N", description = "The first address; 1 if not given.")
  private int from = 1;

  @Option(names = "--to", paramLabel = "N", description = "The last; 247 if not given.")
  private int to = 247;

  ScanCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException {
    int found = 0;
    for (int address = from; address <= to; address++) {
      var told = asking.ask("scan", "%s/%d".formatted(bus.strip(), address));
      if (!told.isEmpty()) {
        found++;
        terminal.out().println(told);
        terminal.out().flush();
      }
    }
    terminal.err().println("%d of %d answer".formatted(found, Math.max(0, to - from + 1)));
    return Exit.DONE.code();
  }
}
