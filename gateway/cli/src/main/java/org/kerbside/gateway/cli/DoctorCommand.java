package org.kerbside.gateway.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside doctor}: what a gateway needs, tried one by one, with remedies. */
@Command(
    name = "doctor",
    header = "Try what the gateway needs, and say what to do where it fails.",
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  @Mixin private final SiteChoice choice;

  // What was typed: written by picocli, once.
  @Option(
      names = "--only",
      split = ",",
      paramLabel = "NAME",
      description = "Only these, by the name at the line's beginning.")
  private List<String> only = List.of();

  DoctorCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.choice = new SiteChoice(places);
  }

  @Override
  public Integer call() throws CommandException {
    var work = new Work.Doctor(choice.site(), choice.data(), only, choice.format());
    return actions.work(work, terminal).code();
  }
}
