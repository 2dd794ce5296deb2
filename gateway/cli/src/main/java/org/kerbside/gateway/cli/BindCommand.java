package org.kerbside.gateway.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside bind ASSET ADDRESS}: another device speaks for an asset from now on. */
@Command(
    name = "bind",
    header = "Give an asset of the running service another device.",
    description = {
      "",
      "The asset keeps its history and its totals. It is kept beside the site's files",
      "(which stay as they are) and told to the city; the service begins again, which",
      "takes about a second. As: kerbside bind bin-2 rs485-a/33 --by 4711"
    },
    sortOptions = false)
final class BindCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final Asking asking;

  // What was typed: written by picocli, once.
  @Parameters(index = "0", paramLabel = "ASSET", description = "Which one, as bin-2.")
  private String asset = "";

  @Parameters(
      index = "1",
      paramLabel = "ADDRESS",
      description = "Where the new device is, as rs485-a/33.")
  private String address = "";

  @Option(
      names = "--from",
      paramLabel = "ADDRESS",
      description = "Where the old one was, if the asset has several.")
  private @Nullable String from;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "What model the new one is, if another.")
  private @Nullable String profile;

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who mounted it.")
  private String by = "";

  BindCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException {
    var set = new LinkedHashMap<String, String>();
    set.put("at", address);
    if (profile != null) {
      set.put("profile", profile);
    }
    terminal.out().println(asking.ask("bind", new Finding(asset, set, from, by).word()));
    return Exit.DONE.code();
  }
}
