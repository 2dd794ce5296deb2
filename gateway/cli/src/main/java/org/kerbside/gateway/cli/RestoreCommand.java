package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kerbside restore}: a backup into a data folder where nothing runs. */
@Command(
    name = "restore",
    header = "Put a backup into the data folder of a service that is stopped.",
    sortOptions = false)
final class RestoreCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  private final Places places;
  @Mixin private final DataFolder data;
  @Mixin private final SecretsChoice secrets = new SecretsChoice();

  // What was typed: written by picocli, once.
  @Parameters(paramLabel = "FILE", description = "What kerbside backup wrote.")
  private Path file = Path.of("");

  RestoreCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.places = places;
    this.data = new DataFolder(places);
  }

  @Override
  public Integer call() throws CommandException {
    var existing = places.existing(file, "kerbside restore FILE");
    var phrase = secrets.phrase(PassPhrase.Use.OPEN);
    return actions.work(new Work.Restore(data.path(), existing, phrase), terminal).code();
  }
}
