package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Difference;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Outline.What;
import org.kerbside.config.Revision;
import org.kerbside.config.Revisions;
import org.kerbside.config.Standing;
import org.kerbside.config.Standing.Probation;
import org.kerbside.config.Standing.Probation.Terms;
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

  Reloading(Commissioning commissioning, Revisions revisions, Clock clock, Pipeline pipeline) {
    this.commissioning = commissioning;
    this.revisions = revisions;
    this.clock = clock;
    this.pipeline = pipeline;
  }

  private static final Duration LONGEST = Duration.ofHours(1); // of a probation

  /** Who wants what, and how it is to be told. */
  private record Wanted(Form form, Visitor by, Format format) {

    boolean isKept() {
      return form.of("keep").equals("true");
    }

    Duration probation() throws CommandException {
      return Periods.read("--for", form.of("for"), LONGEST);
    }

    long to() throws CommandException {
      return number(form.of("to"));
    }

    private static long number(String word) throws CommandException {
      try {
        return Long.parseLong(word);
      } catch (NumberFormatException other) {
        throw new CommandException(
            Exit.WRONG_INPUT, "'%s' is no number".formatted(word), "kerbside reload --to 41");
      }
    }
  }

  /** The deeds of the control socket, by request. */
  Map<String, Deed> deeds() {
    return Map.of(
        ControlServer.request("reload", Format.TEXT),
        (words, by) -> reload(new Wanted(Form.read(words), by, Format.TEXT)),
        ControlServer.request("reload", Format.JSON),
        (words, by) -> reload(new Wanted(Form.read(words), by, Format.JSON)));
  }

  private Reply reload(Wanted wanted) throws CommandException {
    return commissioning.during(
        plan -> {
          var revision = plan.source().revision();
          if (revision == null) {
            throw new CommandException(
                Exit.REFUSED, "no configuration is kept here", "stop the service, and start it");
          }
          try {
            return wanted.form().of("to").isEmpty()
                ? files(plan, revision, wanted)
                : kept(plan, revision, wanted);
          } catch (IOException broken) {
            throw new CommandException(
                Exit.MISSING_OR_TAKEN,
                "the revision cannot be kept: %s".formatted(broken.getMessage()),
                "nothing has changed; see that the disk is not full");
          }
        });
  }

  private Reply files(Plan plan, Revision current, Wanted wanted)
      throws IOException, CommandException {
    if (current.isPushed()) {
      throw new CommandException(
          Exit.REFUSED,
          "what the city pushed runs: revision %d, its number %d"
              .formatted(current.number(), current.want()),
          "the files here wait until the city takes it back; kerbside reload --to leads away");
    }
    var mistakes = new Mistakes();
    var source = plan.source().at(current.origin());
    var next = Plan.read(source, mistakes);
    if (next == null) {
      return refused(mistakes, current, wanted);
    }
    var files = source.files();
    if (current.holds(files)) {
      return next.secrets().equals(plan.secrets())
          ? unchanged(current, wanted)
          : again(plan, current, wanted);
    }
    var kept = source.keep(files, revisions, wanted.by().user(), clock.now().wall(), mistakes);
    return kept == null
        ? refused(mistakes, current, wanted)
        : apply(plan, Standing.on(kept.revision()), kept, wanted);
  }

  private Reply kept(Plan plan, Revision current, Wanted wanted)
      throws IOException, CommandException {
    long number = wanted.to();
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
    // A start does not take up again what somebody has left by hand.
    var because = "%s went to revision %d".formatted(wanted.by().user(), number);
    if (number == current.number()) {
      return unchanged(current, wanted);
    }
    var mistakes = new Mistakes();
    var next = Plan.read(plan.source(), revision, mistakes);
    return next == null
        ? refused(mistakes, current, wanted)
        : apply(plan, new Standing(number, null, current.number(), because), next, wanted);
  }

  /**
   * The same files, and a secret that is another: what was read with it begins again. It is no
   * other revision, since secrets are kept nowhere twice, and there is no old one to go back to.
   */
  private Reply again(Plan plan, Revision current, Wanted wanted)
      throws IOException, CommandException {
    var mistakes = new Mistakes();
    var next = Plan.read(plan.source(), current, mistakes);
    if (next == null) {
      return refused(mistakes, current, wanted);
    }
    var applying = applying(revisions.standing(), current, wanted);
    commissioning.handOver(next, applying);
    var took = applying.await();
    return new Reply(
        Exit.DONE,
        wanted.format() == Format.TEXT
            ? "  ~ secrets  read anew\nrevision %d goes on after %d ms"
                .formatted(current.number(), took.toMillis())
            : Json.answer()
                .put("revision", current.number())
                .put("milliseconds", took.toMillis())
                .put("secrets", "read anew")
                .put("changes", List.of())
                .toString());
  }

  private Applying applying(Standing standing, Revision current, Wanted wanted) {
    return new Applying(
        revisions,
        standing,
        "revision %d".formatted(current.number()),
        "unix:" + wanted.by().user());
  }

  /** What runs is read from the revision's own copy, and from nothing else. */
  private Reply apply(Plan plan, Standing standing, Plan next, Wanted wanted)
      throws IOException, CommandException {
    var current = plan.revised();
    var difference = Plan.difference(plan.source(), next.source());
    var terms = wanted.isKept() ? Terms.RUNS : terms(difference);
    var probation = probation(current, terms, wanted.probation(), plan);
    var applying = applying(standing.with(probation), current, wanted);
    commissioning.handOver(next, applying);
    var reloaded =
        new Reloaded(
            next.revised(), current, difference, terms, wanted.probation(), applying.await());
    return new Reply(Exit.DONE, wanted.format() == Format.TEXT ? reloaded.text() : reloaded.json());
  }

  /** What may cut the gateway off must show that it does not. */
  static Terms terms(Difference difference) {
    return difference.changes().stream()
            .anyMatch(
                change ->
                    change.part().what() == What.UPLINK
                        || (change.part().what() == What.SITE
                            && change.words().keySet().stream()
                                .anyMatch(word -> word.equals("id") || word.startsWith("access"))))
        ? Terms.REACHES
        : Terms.RUNS;
  }

  Probation probation(Revision current, Terms terms, Duration lasts, Plan plan) throws IOException {
    var up = Uptime.now();
    return new Probation(
        current.number(),
        terms,
        up.boot(),
        up.seconds() + lasts.toMillis() / 1e3,
        0,
        Roster.answering(plan.config().devices(), pipeline.view().overview()));
  }

  /** Files by their names beside the site's: the asking command stands in another folder. */
  private Reply refused(Mistakes found, Revision current, Wanted wanted) {
    var beside = current.origin().resolveSibling("");
    var mistakes =
        found.renamed(
            file ->
                Path.of(file).startsWith(beside)
                    ? beside.relativize(Path.of(file)).toString()
                    : file);
    var told = new Diagnostics(mistakes);
    tellRefused(mistakes, current);
    var instead = "revision %d goes on unchanged".formatted(current.number());
    return new Reply(
        Exit.WRONG_INPUT,
        wanted.format() == Format.JSON ? told.json() : told.text() + told.refusal(instead));
  }

  /** Tells the city what is wrong with what is not applied. */
  void tellRefused(Mistakes mistakes, Revision current) {
    pipeline.arrive(
        new Event.Health(clock.now(), "configuration-refused", current.site(), lines(mistakes)));
  }

  /** A line for each error. */
  static List<String> lines(Mistakes mistakes) {
    return mistakes.all().stream()
        .filter(Mistake::isError)
        .map(
            each ->
                "%s:%d:%d %s %s"
                    .formatted(
                        each.mark().file(),
                        each.mark().line(),
                        each.mark().column(),
                        each.code(),
                        each.problem()))
        .toList();
  }

  private Reply unchanged(Revision current, Wanted wanted) throws IOException {
    var standing = revisions.standing();
    boolean isFreed = wanted.isKept() && standing.probation() != null;
    if (isFreed) {
      revisions.stand(standing.with(null));
    }
    var now = isFreed ? "is kept" : "goes on";
    return new Reply(
        Exit.DONE,
        wanted.format() == Format.TEXT
            ? "nothing has changed; revision %d %s".formatted(current.number(), now)
            : Json.answer().put("revision", current.number()).put("changes", List.of()).toString());
  }
}
