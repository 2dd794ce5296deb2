package org.kerbside.gateway.cli;

import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside reload}: the site's files as they are now, or nothing changes. */
@Command(
    name = "reload",
    header = "Have the running service take over its site's files, if they are right.",
    description = {
      "",
      "Everything is read and checked first; one mistake, and nothing changes. What",
      "was applied is kept as a revision. Where the way to the city changes, it is on",
      "probation: after 5 minutes without the city, the revision before runs again."
    },
    sortOptions = false)
final class ReloadCommand implements Callable<Integer> {

  /** The word for a revision to go to. */
  static final String TO = "to";

  /** The word for a revision that stays without probation. */
  static final String KEEP = "keep";

  /** The word for how long a probation lasts. */
  static final String FOR = "for";

  private final Terminal terminal;
  @Mixin private final Asking asking;

  // What was typed: written by picocli, once.
  @Option(
      names = "--to",
      paramLabel = "REV",
      description = "Go to a revision that ran before, not to the files.")
  private @Nullable Long to;

  @Option(
      names = "--keep",
      description = {
        "It stays, whatever the city says; also ends the",
        "probation of what was applied before."
      })
  private boolean keep;

  @Option(
      names = "--for",
      paramLabel = "PERIOD",
      description = "How long its probation lasts; if not given, 5min.")
  private String probation = "5min";

  ReloadCommand(Terminal terminal, Places places) {
    this.terminal = terminal;
    this.asking = new Asking(places);
  }

  @Override
  public Integer call() throws CommandException {
    var words = new LinkedHashMap<String, String>();
    words.put(KEEP, String.valueOf(keep));
    words.put(FOR, probation);
    if (to != null) {
      words.put(TO, to.toString());
    }
    var reply = asking.have("reload", Form.of(words).word());
    terminal.out().println(reply.text());
    return reply.exit().code();
  }
}
