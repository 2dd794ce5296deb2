package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Difference;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Revision;
import org.kerbside.config.Revisions;
import org.kerbside.config.SiteFiles;
import org.kerbside.config.Standing;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Form;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Requests.Deed;
import org.kerbside.gateway.cli.Requests.Reply;
import org.kerbside.gateway.cli.Visitor;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;

/**
 * A reload is a transaction: everything is read and checked beside the pipeline; with one mistake
 * nothing changes; else the files are kept as a revision, and the gateway goes over to it. One at a
 * time, on the asking talk's thread.
 */
final class Reloading {

  private final Commissioning commissioning;
  private final Revisions revisions;
  private final Clock clock;
  private final Pipeline pipeline;

  Reloading(Commissioning commissioning, Path data, Clock clock, Pipeline pipeline) {
    this.commissioning = commissioning;
    this.revisions = Revisions.in(data);
    this.clock = clock;
    this.pipeline = pipeline;
  }

  /** A configuration that is right and kept, and how it is another than the one that runs. */
  private record Ready(Plan plan, Revision revision, Difference difference) {}

  /** The deeds of the control socket, by request. */
  Map<String, Deed> deeds() {
    return Map.of(
        ControlServer.request("reload", Format.TEXT),
        (words, by) -> reload(Form.read(words), by, Format.TEXT),
        ControlServer.request("reload", Format.JSON),
        (words, by) -> reload(Form.read(words), by, Format.JSON));
  }

  private Reply reload(Form form, Visitor by, Format format) throws CommandException {
    return commissioning.during(
        plan -> {
          var revision = plan.source().revision();
          if (revision == null) {
            throw new CommandException(
                Exit.REFUSED, "no configuration is kept here", "stop the service, and start it");
          }
          try {
            return form.of("to").isEmpty()
                ? files(plan, revision, by, format)
                : kept(plan, revision, number(form.of("to")), by, format);
          } catch (IOException broken) {
            throw new CommandException(
                Exit.MISSING_OR_TAKEN,
                "the revision cannot be kept: %s".formatted(broken.getMessage()),
                "nothing has changed; see that the disk is not full");
          }
        });
  }

  private Reply files(Plan plan, Revision current, Visitor by, Format format)
      throws IOException, CommandException {
    var mistakes = new Mistakes();
    var source =
        new Plan.Source(current.origin(), plan.source().settings(), plan.source().overlay(), null);
    if (Plan.read(source, mistakes) == null) {
      return refused(mistakes, current, format);
    }
    var files = SiteFiles.of(current.origin(), Beginning.opened(source));
    if (current.holds(files)) {
      return unchanged(current, format);
    }
    var revision = revisions.keep(files, by.user(), clock.now().wall());
    return apply(plan, current, Standing.on(revision.number()), revision, by, format);
  }

  private Reply kept(Plan plan, Revision current, long number, Visitor by, Format format)
      throws IOException, CommandException {
    var revision = revisions.of(number);
    if (revision == null || !revision.isWhole()) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "there is no revision %d".formatted(number),
          "kept are %s"
              .formatted(
                  revisions.all().stream()
                      .map(each -> String.valueOf(each.number()))
                      .collect(Collectors.joining(", "))));
    }
    return number == current.number()
        ? unchanged(current, format)
        : apply(plan, current, passing(current, revision, by), revision, by, format);
  }

  /** A start does not take up again what somebody has left by hand. */
  private static Standing passing(Revision left, Revision revision, Visitor by) {
    var because = "%s went to revision %d".formatted(by.user(), revision.number());
    return new Standing(revision.number(), null, left.number(), because);
  }

  /** What runs is read from the revision's own copy, and from nothing else. */
  private Reply apply(
      Plan plan, Revision current, Standing standing, Revision revision, Visitor by, Format format)
      throws CommandException {
    var mistakes = new Mistakes();
    var next = Plan.read(plan.source().of(revision), mistakes);
    if (next == null) {
      return refused(mistakes.renamed(revision::named), current, format);
    }
    var ready = new Ready(next, revision, difference(plan, next));
    var applying = new Applying(revisions, standing, current, by);
    commissioning.handOver(next, applying);
    var took = applying.await();
    return new Reply(Exit.DONE, format == Format.TEXT ? text(ready, took) : json(ready, took));
  }

  private static Difference difference(Plan plan, Plan next) {
    var older = Plan.outline(plan.source());
    var newer = Plan.outline(next.source());
    return older == null || newer == null ? new Difference(List.of()) : Difference.of(older, newer);
  }

  /** Files by their names beside the site's: the asking command stands in another folder. */
  private Reply refused(Mistakes found, Revision current, Format format) {
    var beside = current.origin().resolveSibling("");
    var mistakes =
        found.renamed(
            file ->
                Path.of(file).startsWith(beside)
                    ? beside.relativize(Path.of(file)).toString()
                    : file);
    var told = new Diagnostics(mistakes);
    pipeline.arrive(
        new Event.Health(
            clock.now(),
            "configuration-refused",
            current.site(),
            mistakes.all().stream().filter(each -> each.isError()).map(Reloading::line).toList()));
    return new Reply(
        Exit.WRONG_INPUT,
        format == Format.JSON
            ? told.json()
            : told.text()
                + told.refusal("revision %d goes on unchanged".formatted(current.number())));
  }

  private static String line(Mistake mistake) {
    var mark = mistake.mark();
    return "%s:%d:%d %s %s"
        .formatted(mark.file(), mark.line(), mark.column(), mistake.code(), mistake.problem());
  }

  private static Reply unchanged(Revision current, Format format) {
    return new Reply(
        Exit.DONE,
        format == Format.TEXT
            ? "nothing has changed; revision %d goes on".formatted(current.number())
            : "{\"format\":1,\"revision\":%d,\"changes\":[]}".formatted(current.number()));
  }

  private static String text(Ready ready, Duration took) {
    int width =
        ready.difference().changes().stream()
            .mapToInt(change -> change.part().name().length())
            .max()
            .orElse(0);
    return ready.difference().changes().stream()
            .map(
                change ->
                    ("  %c %-" + Math.max(1, width) + "s  %s")
                            .formatted(change.how().sign(), change.part().name(), change.text())
                            .stripTrailing()
                        + "\n")
            .collect(Collectors.joining())
        + "revision %d applied in %d ms".formatted(ready.revision().number(), took.toMillis());
  }

  private static String json(Ready ready, Duration took) {
    return "{\"format\":1,\"revision\":%d,\"milliseconds\":%d,\"changes\":%s}"
        .formatted(
            ready.revision().number(),
            took.toMillis(),
            ready.difference().changes().stream()
                .map(Reloading::json)
                .collect(Collectors.joining(",", "[", "]")));
  }

  private static String json(Difference.Change change) {
    return "{\"part\":%s,\"name\":%s,\"change\":%s,\"words\":%s}"
        .formatted(
            Diagnostics.quoted(change.part().what().word()),
            Diagnostics.quoted(change.part().name()),
            Diagnostics.quoted(change.how().word()),
            change.words().entrySet().stream()
                .map(
                    word ->
                        "%s:[%s,%s]"
                            .formatted(
                                Diagnostics.quoted(word.getKey()),
                                json(word.getValue().was()),
                                json(word.getValue().is())))
                .collect(Collectors.joining(",", "{", "}")));
  }

  private static String json(@Nullable String word) {
    return word == null ? "null" : Diagnostics.quoted(word);
  }

  private static long number(String word) throws CommandException {
    try {
      return Long.parseLong(word);
    } catch (NumberFormatException other) {
      throw new CommandException(
          Exit.WRONG_INPUT, "'%s' is no revision".formatted(word), "kerbside reload --to 41");
    }
  }
}
