package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code kerbside status}: what the running service says of itself. */
@Command(name = "status", header = "Ask the running service how it is.", sortOptions = false)
final class StatusCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Places places;

  // What was typed: written by picocli, once.
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "The service's data folder; if not given,",
        "/var/lib/kerbside where that exists,",
        "else .kerbside in the working folder."
      })
  private @Nullable Path data;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (as if not given) or json.")
  private Format format = Format.TEXT;

  StatusCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.places = places;
  }

  @Override
  public Integer call() throws CommandException {
    var folder = places.data(data);
    var client = new ControlClient(folder.resolve(ControlServer.SOCKET), places.remedy(folder));
    terminal.out().println(client.ask(ControlServer.request("status", format)).stripTrailing());
    return Exit.DONE.code();
  }
}
