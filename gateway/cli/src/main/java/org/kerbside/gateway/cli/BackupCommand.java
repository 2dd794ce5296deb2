package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code kerbside backup}: what a spare board needs to go on. */
@Command(
    name = "backup",
    header = "Write configuration, what was learned and what is remembered to a file.",
    description = {
      "",
      "No secret and no key is in it, unless it is asked for. The service may run",
      "meanwhile."
    },
    sortOptions = false)
final class BackupCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  @Mixin private final DataFolder data;
  @Mixin private final SecretsChoice secrets = new SecretsChoice();

  // What was typed: written by picocli, once.
  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "Where to; if not given, named after site and day, here.")
  private @Nullable Path to;

  BackupCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.data = new DataFolder(places);
  }

  @Override
  public Integer call() throws CommandException {
    return actions
        .work(new Work.Backup(data.path(), to, secrets.phrase(PassPhrase.Use.LOCK)), terminal)
        .code();
  }
}
