package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside replay}: what other rules would have made of real readings. */
@Command(
    name = "replay",
    header = "Run recorded readings against changed rules; tell what differs.",
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {

  private static final String USAGE = "kerbside replay SITE.yaml --rules FILE --from journal|FILE";

  private final Actions actions;
  private final Terminal terminal;
  private final Places places;
  @Mixin private final DataFolder data;
  @Mixin private final SiteParameter site = new SiteParameter();

  // What was typed: written by picocli, once.
  @Option(
      names = "--rules",
      required = true,
      paramLabel = "FILE",
      description = "What is changed: defaults and rules, as a site has them.")
  private Path rules = Path.of("");

  @Option(
      names = "--from",
      required = true,
      paramLabel = "journal|FILE",
      description = {
        "The journal of the data folder, or a file with a",
        "line for each reading: time,point,value."
      })
  private Path from = Path.of("");

  ReplayCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.places = places;
    this.data = new DataFolder(places);
  }

  @Override
  public Integer call() throws CommandException {
    boolean isJournal = from.toString().equals("journal");
    var source = isJournal ? data.path() : from;
    places.existing(rules, USAGE);
    places.existing(source, USAGE);
    var options = new ReplayOptions(places.site(site.path(), USAGE), rules, source);
    return actions.replay(options, terminal).code();
  }
}
