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

  /** What runs: safe mode, where nothing is good. Mistakes are told on the terminal. */
  Start start(Path site, List<String> settings, Path data) {
    var mistakes = new Mistakes();
    var overlay = Overlay.read(data.resolve(Overlay.FILE), mistakes);
    var source = new Plan.Source(site, settings, overlay, null);
    try {
      return start(source, mistakes);
    } catch (IOException broken) {
      LOG.warn("revisions: {}; the site's files run, and no revision is kept", broken.toString());
      var plan = Plan.read(source, mistakes);
      return plan == null ? safe(source, mistakes) : runs(plan, mistakes);
    }
  }

  private Start start(Plan.Source source, Mistakes mistakes) throws IOException {
    var standing = begun(revisions.standing());
    var current = revisions.of(standing.revision());
    var kept = current == null ? null : whole(source, current);
    if (current == null || kept == null) {
      return fresh(source, null, mistakes);
    }
    if (current.isPushed() || isOf(source.site(), current)) {
      return runs(kept, mistakes.renamed(current::named));
    }
    var passed = revisions.of(standing.returned());
    if (passed != null && isOf(source.site(), passed)) {
      LOG.warn(
          "the files are revision {}: {}; {} runs, and reload tries it again",
          passed.number(),
          standing.because(),
          current.number());
      return runs(kept, mistakes.renamed(current::named));
    }
    return fresh(source, kept, mistakes);
  }

  /** A revision that can run as it was kept; else null. */
  private static @Nullable Plan whole(Plan.Source source, Revision revision) {
    if (!revision.isWhole()) {
      LOG.warn("revision {} is not what it was", revision.number());
      return null;
    }
    var kept = Plan.read(source.of(revision));
    if (kept == null) {
      LOG.warn("revision {} is refused by this version", revision.number());
    }
    return kept;
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

  private Start fresh(Plan.Source source, @Nullable Plan before, Mistakes mistakes)
      throws IOException {
    var plan = Plan.read(source, mistakes);
    if (plan == null) {
      return instead(source, before, mistakes);
    }
    tell(mistakes);
    var kept = source.keep(source.files(), revisions, AUTHOR, Instant.now(), new Mistakes());
    if (kept == null) {
      LOG.warn("the site's files were changed while they were read: no revision is kept");
      return new Start.Runs(plan);
    }
    revisions.stand(
        Standing.on(kept.revision()).with(before == null ? null : probation(before, kept)));
    return new Start.Runs(kept);
  }

  /**
   * A bad file never means that nothing runs: what ran before does, or else the newest good one.
   */
  private Start instead(Plan.Source source, @Nullable Plan before, Mistakes mistakes)
      throws IOException {
    var good = before == null ? newest(source) : before;
    if (good == null) {
      return safe(source, mistakes);
    }
    tell(mistakes);
    terminal
        .err()
        .println(
            new Diagnostics(mistakes)
                .refusal("revision %d runs instead".formatted(good.revision())));
    terminal.err().flush();
    return new Start.Runs(good);
  }

  private @Nullable Plan newest(Plan.Source source) throws IOException {
    for (var revision : revisions.all().reversed()) {
      var good = whole(source, revision);
      if (good != null) {
        revisions.stand(Standing.on(revision.number()));
        return good;
      }
    }
    return null;
  }

  /** As after a reload; how many devices answered nobody knows here. */
  private static Probation probation(Plan before, Plan kept) throws IOException {
    var up = Uptime.now();
    return new Probation(
        before.revision(),
        Reloading.terms(Plan.difference(before.source(), kept.source())),
        up.boot(),
        up.seconds() + LASTS.toMillis() / 1e3,
        0,
        new TreeMap<>());
  }

  /** Whether the site's files are what it was read from; files that cannot be read are not. */
  private static boolean isOf(Path site, Revision revision) {
    try {
      return revision.holds(files(site, revision));
    } catch (IOException unread) {
      return false; // What is wrong with them is told as a mistake.
    }
  }

  /** The site's files now, under the names of a revision's; other includes are another site. */
  private static SiteFiles files(Path site, Revision like) throws IOException {
    return SiteFiles.of(
        site,
        like.sums().keySet().stream()
            .map(name -> like.named(like.folder().resolve(Revision.FILES).resolve(name).toString()))
            .toList());
  }

  private Start runs(Plan plan, Mistakes mistakes) {
    tell(mistakes);
    return new Start.Runs(plan);
  }

  private Start safe(Plan.Source source, Mistakes mistakes) {
    tell(mistakes);
    terminal.err().println(new Diagnostics(mistakes).refusal("safe mode: nothing is switched"));
    terminal.err().flush();
    return new Start.Safe(source, mistakes);
  }

  private void tell(Mistakes mistakes) {
    terminal.err().print(new Diagnostics(mistakes).text());
    terminal.err().flush();
  }
}
