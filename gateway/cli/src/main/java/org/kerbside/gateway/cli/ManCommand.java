package org.kerbside.gateway.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code kerbside man}: the manual's page, made of what each command says of itself. */
@Command(
    name = "man",
    header = "Print the manual's page, for man.",
    description = {"", "As: kerbside man > /usr/share/man/man1/kerbside.1"})
final class ManCommand implements Callable<Integer> {

  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create(); // picocli's, once

  ManCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    var root = spec.root();
    var page = new StringBuilder();
    page.append(".TH KERBSIDE 1\n.SH NAME\nkerbside \\- ")
        .append(escaped(String.join(" ", root.usageMessage().header())))
        .append("\n.SH COMMANDS\n");
    append(page, root);
    page.append(".SH EXIT STATUS\n.nf\n");
    for (var line : root.usageMessage().footer()) {
      page.append(line.isBlank() ? "" : escaped(line) + "\n");
    }
    page.append(".fi\n");
    terminal.out().print(page);
    return Exit.DONE.code();
  }

  private static void append(StringBuilder page, CommandSpec command) {
    command
        .subcommands()
        .values()
        .forEach(
            line -> {
              var below = line.getCommandSpec();
              if (below.userObject() instanceof Callable) {
                page.append(".SS ").append(escaped(below.qualifiedName())).append("\n.nf\n");
                var help = new Help(below, Help.defaultColorScheme(Ansi.OFF));
                page.append(escaped(line.getUsageMessage(help.colorScheme()))).append(".fi\n");
              }
              append(page, below);
            });
  }

  /** What troff would take for its own. */
  private static String escaped(String text) {
    return text.replace("\\", "\\e").replace("-", "\\-").replaceAll("(?m)^([.'])", "\\\\&$1");
  }
}
