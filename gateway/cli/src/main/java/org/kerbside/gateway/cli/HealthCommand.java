package org.kerbside.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside health}: how well the service works, or whether it works as well as before. */
@Command(
    name = "health",
    header = "Say how well the running service works, or whether as well as before.",
    description = {
      "",
      "What an upgrade asks: kerbside health >before; and afterwards",
      "kerbside health --gate before"
    },
    sortOptions = false)
final class HealthCommand implements Callable<Integer> {

  private final Terminal terminal;
  private final Places places;
  @Mixin private final DataFolder data;

  // What was typed: written by picocli, once.
  @Option(
      names = "--gate",
      paramLabel = "FILE",
      description = {
        "What it said before: exit 1 and a line for each",
        "figure that is worse now."
      })
  private @Nullable Path gate;

  HealthCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.places = places;
    this.data = new DataFolder(places);
  }

  @Override
  public Integer call() throws CommandException {
    var before = gate == null ? null : before(gate);
    var now = now();
    if (before == null) {
      terminal.out().println(now.text());
      return Exit.DONE.code();
    }
    var worse = now.worseThan(before);
    worse.forEach(terminal.out()::println);
    return (worse.isEmpty() ? Exit.DONE : Exit.FOUND).code();
  }

  private Health now() throws CommandException {
    var folder = data.path();
    var client = new ControlClient(folder.resolve(ControlServer.SOCKET), places.remedy(folder));
    var now = Health.of(client.ask(ControlServer.request("health", Format.TEXT)));
    if (now == null) {
      throw new CommandException(
          Exit.REFUSED,
          "the service says nothing of its health",
          "kerbside version here and there: the service may be older");
    }
    return now;
  }

  private static Health before(Path file) throws CommandException {
    try {
      var before = Health.of(Files.readString(file));
      if (before != null) {
        return before;
      }
    } catch (IOException unreadable) {
      // It says as much as a file without figures.
    }
    throw new CommandException(
        Exit.WRONG_INPUT,
        "'%s' does not say how it was".formatted(file),
        "kerbside health >%s, while the version before runs".formatted(file));
  }
}
