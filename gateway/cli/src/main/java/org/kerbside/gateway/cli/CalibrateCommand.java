package org.kerbside.gateway.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside calibrate ASSET NAME=VALUE…}: what was measured where the asset stands. */
@Command(
    name = "calibrate",
    header = "Tell the running service what was measured where an asset stands.",
    description = {
      "",
      "It holds at once, is kept beside the site's files (which stay as they are),",
      "and is told to the city. As: kerbside calibrate bin-2 empty=118cm --by 4711"
    },
    sortOptions = false)
final class CalibrateCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Mixin private final Asking asking;

  // What was typed: written by picocli, once.
  @Parameters(index = "0", paramLabel = "ASSET", description = "Which one, as bin-2.")
  private String asset = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "NAME=VALUE",
      description = "What was measured, as empty=118cm or curve.50%%=31W.")
  private List<Setting> settings = List.of();

  @Option(names = "--by", required = true, paramLabel = "NAME", description = "Who measured it.")
  private String by = "";

  CalibrateCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException {
    var set = new LinkedHashMap<String, String>();
    settings.forEach(setting -> set.put(setting.path(), setting.value()));
    terminal.out().println(asking.ask("calibrate", new Finding(asset, set, null, by).word()));
    return Exit.DONE.code();
  }
}
