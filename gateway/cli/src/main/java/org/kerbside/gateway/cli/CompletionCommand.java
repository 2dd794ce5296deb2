package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kerbside completion}: a script by which bash and zsh complete what is typed. */
@Command(
    name = "completion",
    header = "Print a script by which bash and zsh complete what is typed.",
    description = {"", "As: kerbside completion > /etc/bash_completion.d/kerbside"})
final class CompletionCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli's, once

  CompletionCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var root = spec.root();
    terminal.out().println(AutoComplete.bash(root.name(), root.commandLine()));
    return Exit.DONE.code();
  }
}
