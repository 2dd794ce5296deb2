package org.kerbside.gateway.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code kerbside check}: every mistake of a site in one run. */
@Command(
    name = "check",
    header = "Tell every mistake of a site; open no device and no socket.",
    footer = {
      "",
      "What a code means and what to do: /docs/E101 on the gateway's page, or",
      "/usr/share/doc/kerbside/docs/en/codes.md."
    },
    sortOptions = false)
final class CheckCommand implements Callable<Integer> {

  private final Actions actions;
  private final Terminal terminal;
  private final Places places;

  // What was typed: written by picocli, once.
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE",
      description = {"Site files; if none is given,", "/etc/kerbside/site.yaml."})
  private List<Path> files = List.of();

  @Option(names = "--strict", description = "End with 3 when there are warnings only.")
  private boolean strict;

  @Mixin private final FormatChoice chosen = new FormatChoice();

  @Option(
      names = "--as",
      paramLabel = "PATH",
      description = "Think of the one file as standing there: its includes start there.")
  private @Nullable Path as;

  @Option(
      names = "--set",
      paramLabel = "PATH=VALUE",
      description = "Put another value in place of the site's.")
  private List<Setting> settings = List.of();

  CheckCommand(Actions actions, Terminal terminal, Places places) {
    this.actions = actions;
    this.terminal = terminal;
    this.places = places;
  }

  @Override
  public Integer call() throws CommandException {
    if (as != null && files.size() != 1) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "option '--as' names one file: got %d".formatted(files.size()),
          "kerbside check FILE --as PATH");
    }
    var strictness = strict ? Strictness.STRICT : Strictness.LENIENT;
    var options = new CheckOptions(existing(), strictness, chosen.format(), as, settings);
    return actions.check(options, terminal).code();
  }

  private List<Path> existing() throws CommandException {
    var existing = new ArrayList<Path>();
    for (var file : files) {
      existing.add(places.site(file, "kerbside check SITE.yaml"));
    }
    if (existing.isEmpty()) {
      existing.add(places.site(null, "kerbside check SITE.yaml"));
    }
    return existing;
  }
}
