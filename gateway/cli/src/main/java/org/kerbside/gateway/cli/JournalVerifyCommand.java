package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code kerbside journal verify}: every row of it. */
@Command(
    name = "verify",
    header = "Look at every row of the journal; end with 1 where one is damaged.",
    sortOptions = false)
final class JournalVerifyCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  @Mixin private final DataFolder data;
  @Mixin private final FormatChoice chosen = new FormatChoice();

  JournalVerifyCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.data = new DataFolder(places);
  }

  @Override
  public Integer call() throws CommandException {
    return actions.work(new Work.JournalVerify(data.path(), chosen.format()), terminal).code();
  }
}
