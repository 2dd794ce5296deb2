package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside label}: what is glued inside the cabinet's door. */
@Command(
    name = "label",
    header = "Print the label for the cabinet's door, as SVG.",
    description = {"", "As: kerbside label --key /etc/kerbside/secrets/access-point > label.svg"},
    sortOptions = false)
final class LabelCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  private final Places places;
  @Mixin private final SiteChoice choice;

  // What was typed: written by picocli, once.
  @Option(
      names = "--key",
      required = true,
      paramLabel = "FILE",
      description = "Holds the access point's password.")
  private Path key = Path.of("");

  @Option(
      names = "--network",
      paramLabel = "NAME",
      description = "The access point's; if not given, KERBSIDE and the site's last four.")
  private String network = "";

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "Where the page is; if not given, 10.73.1.1.")
  private String address = "10.73.1.1";

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
            places.existing(key, "kerbside label --key FILE"),
            network,
            address);
    return actions.work(work, terminal).code();
  }
}
