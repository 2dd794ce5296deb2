package org.kerbside.gateway.cli;

import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside read ADDRESS}: what one device says now. */
@Command(
    name = "read",
    header = "Ask one device of the running service what it says now.",
    sortOptions = false)
final class ReadCommand implements Callable<Integer> {

  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Terminal terminal;
  @Mixin private final Asking asking;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "ADDRESS", description = "Where it is, as rs485-a/31.")
  private String address = "";

  @Option(names = "--watch", description = "Again every second, until Ctrl-C.")
  private boolean watch;

  @Option(names = "--raw", description = "With the bytes that went over the line.")
  private boolean raw;

  ReadCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException, InterruptedException {
    do {
      terminal.out().println(asking.ask(raw ? "talk" : "read", address.strip()));
      terminal.out().flush();
      if (watch) {
        Thread.sleep(PAUSE);
      }
    } while (watch);
    return Exit.DONE.code();
  }
}
