package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Overlay;
import org.kerbside.config.Revision;
import org.kerbside.config.Revisions;
import org.kerbside.config.SiteFiles;
import org.kerbside.config.Standing;
import org.kerbside.config.Standing.Probation;
import org.kerbside.config.Standing.Probation.Terms;
import org.kerbside.gateway.cli.Terminal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which configuration a start runs: the site's files as they are, kept as a revision first; the
 * revision that ran, where they are what it was read from. What the gateway came back from by
 * itself is not tried again. A disk that keeps nothing keeps no gateway from starting.
 */
final class Beginning {

  private static final Logger LOG = LoggerFactory.getLogger(Beginning.class);

  /** Who has what is applied at a start. */
  private static final String AUTHOR = "start";

  /**
   * Of a probation, where nobody says so; and of one that another start of the board goes on with.
   */
  static final Duration LASTS = Duration.ofMinutes(5);

  private static final int MOST_CRASHES = 3;

  private final Revisions revisions;
  private final Terminal terminal;

  Beginning(Revisions revisions, Terminal terminal) {
    this.revisions = revisions;
    this.terminal = terminal;
  }

  /**
   * Where nothing ever ran, a site with mistakes is told before anything is opened, and leaves
   * nothing in the data folder.
   */
  boolean isWorthwhile(Path site, List<String> settings, Path data) {
    var mistakes = new Mistakes();
    try {
      if (!revisions.standing().equals(Standing.NONE)) {
        return true;
      }
    } catch (IOException broken) {
      return true;
    }
    var overlay = Overlay.read(data.resolve(Overlay.FILE), mistakes);
    var plan = Plan.read(new Plan.Source(site, settings, overlay, null), mistakes);
    return plan != null || told(null, mistakes) != null;
  }

  /** What runs; null where there are mistakes, which are told on the terminal. */
  @Nullable Plan plan(Path site, List<String> settings, Path data) {
    var mistakes = new Mistakes();
    var overlay = Overlay.read(data.resolve(Overlay.FILE), mistakes);
    var source = new Plan.Source(site, settings, overlay, null);
    try {
      return plan(source, mistakes);
    } catch (IOException broken) {
      LOG.warn("revisions: {}; the site's files run, and no revision is kept", broken.toString());
      return told(Plan.read(source, mistakes), mistakes);
    }
  }

  private @Nullable Plan plan(Plan.Source source, Mistakes mistakes) throws IOException {
    var standing = begun(revisions.standing());
    var current = revisions.of(standing.revision());
    if (current == null || !current.isWhole()) {
      return fresh(source, null, mistakes);
    }
    var kept = Plan.read(source.of(current), mistakes);
    if (kept == null) {
      LOG.warn("revision {} is refused by this version", current.number());
      return fresh(source, null, new Mistakes());
    }
    if (current.holds(files(source.site(), current))) {
      return told(kept, mistakes, current);
    }
    var passed = revisions.of(standing.returned());
    if (passed != null && passed.holds(files(source.site(), passed))) {
      LOG.warn(
          "the files are revision {}: {}; {} runs, and reload tries it again",
          passed.number(),
          standing.because(),
          current.number());
      return told(kept, mistakes, current);
    }
    return fresh(source, current, new Mistakes());
  }

  /** One more start of a revision on probation is a crash, unless the last one ended in order. */
  private Standing begun(Standing standing) throws IOException {
    var probation = standing.probation();
    if (probation == null) {
      return standing;
    }
    var up = Uptime.now();
    boolean isLate = up.boot().equals(probation.boot()) && up.seconds() >= probation.until();
    var crashed =
        (up.boot().equals(probation.boot())
                ? probation
                : probation.on(up.boot(), LASTS.toMillis() / 1e3))
            .crashed(probation.crashes() + 1);
    Standing now;
    if (crashed.crashes() >= MOST_CRASHES) {
      now = standing.returned(probation.back(), "it crashed %d times".formatted(crashed.crashes()));
    } else if (isLate) {
      now =
          probation.terms() == Terms.RUNS
              ? standing.with(null)
              : standing.returned(probation.back(), "its time ended while nothing ran");
    } else {
      now = standing.with(crashed);
    }
    if (now.returned() != standing.returned()) {
      LOG.warn("back from revision {}: {}", now.returned(), now.because());
    }
    revisions.stand(now);
    return now;
  }

  /** The process ends in order: the next start is no crash. */
  void ended() {
    try {
      var standing = revisions.standing();
      var probation = standing.probation();
      if (probation != null) {
        revisions.stand(standing.with(probation.crashed(probation.crashes() - 1)));
      }
    } catch (IOException broken) {
      LOG.warn("revisions: {}", broken.toString());
    }
  }

  private @Nullable Plan fresh(Plan.Source source, @Nullable Revision before, Mistakes mistakes)
      throws IOException {
    var plan = Plan.read(source, mistakes);
    if (plan == null && before != null) {
      return instead(source.of(before), before, mistakes);
    }
    if (told(plan, mistakes) == null || plan == null) {
      return null;
    }
    var revision =
        revisions.keep(SiteFiles.of(source.site(), Plan.opened(source)), AUTHOR, Instant.now());
    var kept = Plan.read(source.of(revision));
    if (kept == null) {
      LOG.warn("the site's files were changed while they were read: no revision is kept");
      return plan;
    }
    revisions.stand(
        Standing.on(revision.number())
            .with(before == null ? null : probation(source.of(before), before, kept)));
    return kept;
  }

  /** A bad file never means that nothing runs: what ran before does. */
  private @Nullable Plan instead(Plan.Source source, Revision before, Mistakes mistakes) {
    var told = new Diagnostics(mistakes);
    terminal.err().print(told.text());
    terminal.err().println(told.refusal("revision %d runs instead".formatted(before.number())));
    terminal.err().flush();
    return Plan.read(source);
  }

  /** As after a reload; how many devices answered nobody knows here. */
  private static Probation probation(Plan.Source source, Revision before, Plan kept)
      throws IOException {
    var up = Uptime.now();
    return new Probation(
        before.number(),
        Reloading.terms(Plan.difference(source, kept.source())),
        up.boot(),
        up.seconds() + LASTS.toMillis() / 1e3,
        0,
        new TreeMap<>());
  }

  /** The site's files now, under the names of a revision's; other includes are another site. */
  private static SiteFiles files(Path site, Revision like) throws IOException {
    return SiteFiles.of(
        site,
        like.sums().keySet().stream()
            .map(name -> like.named(like.folder().resolve(Revision.FILES).resolve(name).toString()))
            .toList());
  }

  private @Nullable Plan told(@Nullable Plan plan, Mistakes mistakes, Revision revision) {
    return told(plan, mistakes.renamed(revision::named));
  }

  private @Nullable Plan told(@Nullable Plan plan, Mistakes mistakes) {
    var told = new Diagnostics(mistakes);
    terminal.err().print(told.text());
    if (plan == null) {
      terminal.err().println(told.closing(null, 0));
    }
    terminal.err().flush();
    return plan;
  }
}
