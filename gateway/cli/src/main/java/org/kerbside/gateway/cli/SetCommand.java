package org.kerbside.gateway.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside set POINT VALUE --lease D}: moves an output, through the desk. */
@Command(
    name = "set",
    header = "Set an output of the running service for a while.",
    description = {
      "",
      "It goes the way of every command: interlocks hold, and the outcome is what was",
      "observed. As: kerbside set zone-1/valve on --lease 10min"
    },
    sortOptions = false)
final class SetCommand implements Callable<Integer> {

  @Mixin private final Deeds deeds;

  // What was typed: written by picocli, once.
  @Parameters(index = "0", paramLabel = "POINT", description = "Which one, as lamp-5/dim.")
  private String point = "";

  @Parameters(index = "1", paramLabel = "VALUE", description = "As people write it: 60%%, on, 20.")
  private String value = "";

  @Option(
      names = "--lease",
      paramLabel = "PERIOD",
      description = "How long it holds; if not given, the site's.")
  private @Nullable String lease;

  SetCommand(Terminal terminal, Places places) {
    this.deeds = new Deeds(terminal, places);
  }

  @Override
  public Integer call() throws CommandException {
    var words = new LinkedHashMap<String, String>();
    words.put("value", value);
    if (lease != null) {
      words.put("lease", lease);
    }
    return deeds.done("set", point.strip(), words);
  }
}
