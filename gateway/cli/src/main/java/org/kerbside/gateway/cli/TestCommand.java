package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kerbside rules test}: the tests that lie beside rules. */
@Command(
    name = "test",
    header = "Run the tests of rules; open no device and no socket.",
    sortOptions = false)
final class TestCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  private final Places places;

  // What was typed: written by picocli, once.
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = {
        "Tests, or folders of them; if none is given,",
        "rules in the working folder where that exists,",
        "else /etc/kerbside/rules."
      })
  private List<Path> files = List.of();

  @Mixin private final FormatChoice chosen = new FormatChoice();

  TestCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.places = places;
  }

  @Override
  public Integer call() throws CommandException {
    var asked = files.isEmpty() ? List.of(places.rules()) : files;
    for (var file : asked) {
      places.existing(file, "kerbside rules test FILE");
    }
    return actions.test(new TestOptions(asked, chosen.format()), terminal).code();
  }
}
