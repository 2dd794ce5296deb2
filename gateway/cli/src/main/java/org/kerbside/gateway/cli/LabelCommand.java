package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside label}: what is glued inside the cabinet's door. */
@Command(
    name = "label",
    header = "Print the label for the cabinet's door, as SVG.",
    description = {"", "As: kerbside label > label.svg"},
    sortOptions = false)
final class LabelCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  private final Places places;
  @Mixin private final SiteChoice choice;

  // What was typed: written by picocli, once.
  @Option(
      names = "--key",
      paramLabel = "FILE",
      description = "Holds the access point's password; if not given, the site's.")
  private @Nullable Path key;

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = {
        "The access point's; if not given, the site's,",
        "else KERBSIDE and the last four of its id."
      })
  private String network = "";

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "Where the page is; if not given, the site's, else 10.73.1.1.")
  private String address = "";

  LabelCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.places = places;
    this.choice = new SiteChoice(places);
  }

  @Override
  public Integer call() throws CommandException {
    var work =
        new Work.Label(
            choice.site(),
            choice.data(),
            key == null ? null : places.existing(key, "kerbside label --key FILE"),
            network,
            address);
    return actions.work(work, terminal).code();
  }
}
