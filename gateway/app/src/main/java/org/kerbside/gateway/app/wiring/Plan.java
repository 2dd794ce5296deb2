package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Difference;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Outline;
import org.kerbside.config.Overlay;
import org.kerbside.config.Profiles;
import org.kerbside.config.Revision;
import org.kerbside.config.Revisions;
import org.kerbside.config.Secrets;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SiteFiles;
import org.kerbside.config.SiteReader;
import org.kerbside.gateway.app.flow.Integrations;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.rules.RuleBook;

/**
 * A site that can be run: everything read and checked, nothing opened.
 *
 * @param buses one for each of the site's buses
 * @param integrations those without mistakes
 * @param source what it was read from
 * @param secrets tells whether a secret beside it has become another since
 */
public record Plan(
    SiteConfig config,
    RuleBook rules,
    List<Buses.Bus> buses,
    Integrations.Files integrations,
    Source source,
    String secrets) {

  /**
   * A site's files, and what lies over them.
   *
   * @param settings {@code path=value}, over what the files say
   * @param overlay what was learned on the spot, under the settings
   * @param revision whose copy it is; absent where none is kept
   */
  public record Source(
      Path site, List<String> settings, Overlay overlay, @Nullable Revision revision) {

    public Source {
      settings = List.copyOf(settings);
    }

    /** The same with other things learned. */
    Source with(Overlay other) {
      return new Source(site, settings, other, revision);
    }

    /** The same files where people keep them. */
    Source at(Path original) {
      return new Source(original, settings, overlay, null);
    }

    /** The same in a revision's copy. */
    Source of(Revision kept) {
      return new Source(kept.siteFile(), settings, overlay, kept);
    }

    /** The files that count: where people keep them, or the copy of what the city pushed. */
    Source counting() {
      return revision == null || revision.isPushed() ? this : at(revision.origin());
    }

    /** Its files, byte for byte; what was learned is none of them. */
    SiteFiles files() throws IOException {
      return SiteFiles.of(site, opened(this));
    }

    /**
     * Keeps its files as a revision, and reads that: what runs is read from a revision's copy, and
     * from nothing else.
     *
     * @param files as {@link #files} has them
     * @return null where they were changed while they were read, or this version refuses them
     */
    @Nullable Plan keep(
        SiteFiles files, Revisions revisions, String author, Instant when, Mistakes mistakes)
        throws IOException {
      return read(this, revisions.keep(files, author, when), mistakes);
    }
  }

  /** Of its configuration; the first, where none is kept. */
  public long revision() {
    var revision = source.revision();
    return revision == null ? 1 : revision.number();
  }

  public Plan {
    buses = List.copyOf(buses);
  }

  /**
   * As {@link #read}, with what was learned before; mistakes are told on the terminal.
   *
   * @param data where the overlay is kept
   */
  public static @Nullable Plan of(Path site, List<String> settings, Path data, Terminal terminal) {
    var mistakes = new Mistakes();
    var overlay = Overlay.read(data.resolve(Overlay.FILE), mistakes);
    var plan = read(new Source(site, settings, overlay, null), mistakes);
    var told = new Diagnostics(mistakes);
    terminal.err().print(told.text());
    if (plan == null) {
      terminal.err().println(told.closing(null, 0));
    }
    terminal.err().flush();
    return plan;
  }

  /** As {@link #read(Source, Mistakes)}, where nothing was learned. */
  public static @Nullable Plan read(Path site, List<String> settings, Mistakes mistakes) {
    return read(new Source(site, settings, Overlay.NONE, null), mistakes);
  }

  /**
   * Reads a site with its rules and buses. Every mistake of all of them is told in one run.
   *
   * @return the plan, or null when there are errors; those of an integration leave it out, and the
   *     plan stands
   */
  public static @Nullable Plan read(Source source, Mistakes mistakes) {
    var secrets = Secrets.digest(source.site());
    var config = reader(source).read(source.site(), source.settings(), mistakes);
    if (config == null) {
      return null;
    }
    var rules = RuleBook.read(config, mistakes);
    var buses = Buses.read(config, mistakes);
    return mistakes.hasErrors()
        ? null
        : new Plan(config, rules, buses, Integrations.read(config, mistakes), source, secrets);
  }

  /** As the other, of a revision's copy; mistakes are told by the names that people know. */
  static @Nullable Plan read(Source source, Revision kept, Mistakes mistakes) {
    var found = new Mistakes();
    var plan = read(source.of(kept), found);
    for (var each : found.renamed(kept::named).all()) {
      mistakes.add(each.mark(), each.code(), each.problem(), each.help());
    }
    return plan;
  }

  /** As the other, where mistakes are known to be none. */
  static @Nullable Plan read(Source source) {
    return read(source, new Mistakes());
  }

  /** The revision that it is read from, which there must be. */
  Revision revised() {
    var revision = source.revision();
    if (revision == null) {
      throw new IllegalStateException("a plan of no revision");
    }
    return revision;
  }

  /** How other files say something else. */
  static Difference difference(Source older, Source newer) {
    var was = outline(older);
    var is = outline(newer);
    return was == null || is == null ? new Difference(List.of()) : Difference.of(was, is);
  }

  /** What its files say, word for word; null where they cannot be read any more. */
  static @Nullable Outline outline(Source source) {
    return reader(source).outline(source.site(), source.settings(), new Mistakes());
  }

  /** The files that the site is read from; what was learned is none of them. */
  static List<String> opened(Source source) {
    var mistakes = new Mistakes();
    reader(source.with(Overlay.NONE)).read(source.site(), source.settings(), mistakes);
    return mistakes.files();
  }

  private static SiteReader reader(Source source) {
    return new SiteReader(Kinds.TABLE, Profiles.shipped(), Buses.NAMES).over(source.overlay());
  }
}
