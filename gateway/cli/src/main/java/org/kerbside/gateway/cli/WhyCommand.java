package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside why ALARM}: the chain of inputs that made a standing alarm so. */
@Command(name = "why", header = "Ask the running service why an alarm stands.", sortOptions = false)
final class WhyCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Places places;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "ALARM", description = "Which one, as bin-2/bin-overflow.")
  private String alarm = "";

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

  WhyCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.places = places;
  }

  @Override
  public Integer call() throws CommandException {
    var folder = places.data(data);
    var client = new ControlClient(folder.resolve(ControlServer.SOCKET), places.remedy(folder));
    var request = ControlServer.request("why", format) + " " + alarm.strip();
    terminal.out().println(client.ask(request).stripTrailing());
    return Exit.DONE.code();
  }
}
