package org.kerbside.gateway.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that has the crew's work done by the running service. */
final class Deeds {

  private final Terminal terminal;
  @Mixin private final Asking asking;

  // What was typed: written by picocli, once.
  @Option(
      names = "--by",
      paramLabel = "NAME",
      description = "Who does it; if not given, the user of this machine.")
  private @Nullable String by;

  Deeds(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  /**
   * Has it done, and prints its outcome.
   *
   * @param op as the contract names it
   * @param words more of the command, by name: {@code value}, {@code lease}, {@code reason}
   */
  int done(String op, String subject, Map<String, String> words) throws CommandException {
    var all = new LinkedHashMap<>(words);
    all.put("subject", subject);
    if (by != null) {
      all.put("by", by);
    }
    var reply = asking.have(op, Form.of(all).word());
    terminal.out().println(reply.text());
    return reply.exit().code();
  }
}
