package org.kerbside.gateway.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside maintenance ASSET --for D --reason WHY}. */
@Command(name = "maintenance", header = "Say that somebody works on an asset.", sortOptions = false)
final class MaintenanceCommand implements Callable<Integer> {

  @Mixin private final Deeds deeds;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "ASSET", description = "Which one, as bin-2.")
  private String asset = "";

  @Option(
      names = "--for",
      required = true,
      paramLabel = "PERIOD",
      description = "How long, as 30min or 2h.")
  private String period = "";

  @Option(names = "--reason", required = true, paramLabel = "WHY", description = "In your words.")
  private String reason = "";

  MaintenanceCommand(Terminal terminal, Places places) {
    this.deeds = new Deeds(terminal, places);
  }

  @Override
  public Integer call() throws CommandException {
    var words = new LinkedHashMap<String, String>();
    words.put("lease", period);
    words.put("reason", reason);
    return deeds.done("maintenance", asset.strip(), words);
  }
}
