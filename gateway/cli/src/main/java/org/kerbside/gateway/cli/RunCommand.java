package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code kerbside run}: the service in the foreground. */
@Command(
    name = "run",
    header = "Serve a site in the foreground, until Ctrl-C or SIGTERM.",
    sortOptions = false)
final class RunCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  private final Places places;
  @Mixin private final SiteParameter site = new SiteParameter();

  // What was typed: written by picocli, once.
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = {
        "Where journal and control socket live; if not",
        "given, /var/lib/kerbside where that exists,",
        "else .kerbside in the working folder."
      })
  private @Nullable Path data;

  @Option(
      names = "--page",
      paramLabel = "ADDRESS:PORT",
      description = {"Where the status page listens, or none;", "if not given, 127.0.0.1:8080."})
  private PageDoor page = new PageDoor.At("127.0.0.1", 8080);

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = {
        "Put another value in place of the site's, as",
        "uplink.url=mqtt://127.0.0.1:1884."
      })
  private List<Setting> settings = List.of();

  RunCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.places = places;
  }

  @Override
  public Integer call() throws CommandException, InterruptedException {
    var folder = places.data(data);
    var served = places.served(site.path(), folder, "kerbside run SITE.yaml");
    var options = new RunOptions(served, folder, page, settings);
    return actions.run(options, terminal).code();
  }
}
