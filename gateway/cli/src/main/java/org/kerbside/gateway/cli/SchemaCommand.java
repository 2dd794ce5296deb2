package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code kerbside schema NAME}: for editors. */
@Command(
    name = "schema",
    header = "Print a JSON Schema, for editors and programs.",
    description = {"", "As: kerbside schema site > site-1.json"},
    sortOptions = false)
final class SchemaCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;

  // What was typed: written by picocli, once.
  @Parameters(
      paramLabel = "NAME",
      description = {
        "Of what: site; asyncapi, the whole of the",
        "MQTT contract; or one payload of it:",
        "readings, event, state, desc, asset, answer,",
        "got, command, acknowledgement, want."
      })
  private String name = "";

  SchemaCommand(Actions actions, Terminal terminal) {
    this.actions = actions;
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException {
    return actions.work(new Work.Schema(name), terminal).code();
  }
}
