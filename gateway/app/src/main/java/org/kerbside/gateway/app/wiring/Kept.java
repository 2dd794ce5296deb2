package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Overlay;
import org.kerbside.config.Revision;
import org.kerbside.config.Revisions;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;

/** What lies in a data folder, for commands that look without the service. */
record Kept(Path data, Revisions revisions) {

  static Kept in(Path data) {
    return new Kept(data, Revisions.in(data));
  }

  /** The revision that runs or ran last; null where none did. */
  @Nullable Revision current() throws CommandException {
    try {
      return revisions.of(revisions.standing().revision());
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }

  Revision revision(long number) throws CommandException {
    try {
      var revision = revisions.of(number);
      if (revision != null) {
        return revision;
      }
      var all = revisions.all().stream().map(each -> String.valueOf(each.number())).toList();
      throw new CommandException(
          Exit.WRONG_INPUT,
          "there is no revision %d".formatted(number),
          all.isEmpty() ? "none is kept in " + data : "kept are " + String.join(", ", all));
    } catch (IOException broken) {
      throw unreadable(broken);
    }
  }

  /** The files of a site that is named, or those that count of the one that ran. */
  Plan.Source source(@Nullable Path site) throws CommandException {
    var overlay = Overlay.read(data.resolve(Overlay.FILE), new Mistakes());
    if (site != null) {
      return new Plan.Source(site, List.of(), overlay, null);
    }
    var current = current();
    if (current == null) {
      throw new CommandException(
          Exit.WRONG_INPUT, "no site ever ran from %s".formatted(data), "--site SITE.yaml");
    }
    return new Plan.Source(current.siteFile(), List.of(), overlay, current).counting();
  }

  /** A site without mistakes; else they are what is wrong. */
  static Plan plan(Plan.Source source) throws CommandException {
    var mistakes = new Mistakes();
    var plan = Plan.read(source, mistakes);
    if (plan == null) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          new Diagnostics(mistakes).refusal("nothing is shown"),
          "kerbside check %s".formatted(source.site()));
    }
    return plan;
  }

  private CommandException unreadable(IOException broken) {
    return new CommandException(
        Exit.MISSING_OR_TAKEN,
        "%s cannot be read: %s".formatted(data, broken.getMessage()),
        "ask as root, or as the service's user");
  }
}
