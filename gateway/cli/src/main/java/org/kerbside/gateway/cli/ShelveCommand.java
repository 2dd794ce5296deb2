package org.kerbside.gateway.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside shelve ALARM --for D --reason WHY}. */
@Command(name = "shelve", header = "Hear nothing of an alarm for a while.", sortOptions = false)
final class ShelveCommand implements Callable<Integer> {

  @Mixin private final Deeds deeds;

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "ALARM", description = "Which one, as bin-2/bin-overflow.")
  private String alarm = "";

  @Option(
      names = "--for",
      required = true,
      paramLabel = "PERIOD",
      description = "How long, as 30min or 2h.")
  private String period = "";

  @Option(names = "--reason", required = true, paramLabel = "WHY", description = "In your words.")
  private String reason = "";

  ShelveCommand(Terminal terminal, Places places) {
    this.deeds = new Deeds(terminal, places);
  }

  @Override
  public Integer call() throws CommandException {
    var words = new LinkedHashMap<String, String>();
    words.put("lease", period);
    words.put("reason", reason);
    return deeds.done("shelve", alarm.strip(), words);
  }
}
