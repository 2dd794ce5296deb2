package org.kerbside.config;

import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Origin;

/** Reads a site's files to records, and tells of every mistake in one run. Opens no device. */
public final class SiteReader {

  private static final List<String> LANGUAGES = List.of("zh-CN", "en");

  private final SequencedMap<String, Kind> kinds;
  private final Profiles profiles;
  private final Set<String> drivers;
  private final Overlay overlay;

  /**
   * @param profiles that ship; those in {@code profiles/} beside the site come in front
   * @param drivers that are installed
   */
  public SiteReader(SequencedMap<String, Kind> kinds, Profiles profiles, Set<String> drivers) {
    this(kinds, profiles, drivers, Overlay.NONE);
  }

  private SiteReader(
      SequencedMap<String, Kind> kinds, Profiles profiles, Set<String> drivers, Overlay overlay) {
    this.kinds = kinds;
    this.profiles = profiles;
    this.drivers = new LinkedHashSet<>(drivers);
    this.overlay = overlay;
  }

  /** The same, with what was learned on the spot laid over what the files say. */
  public SiteReader over(Overlay learned) {
    return new SiteReader(kinds, profiles, drivers, learned);
  }

  /**
   * The site, or null when there are errors.
   *
   * @param settings {@code path=value}, over what the files say
   */
  public @Nullable SiteConfig read(Path file, List<String> settings, Mistakes mistakes) {
    return read(file, settings, null, mistakes);
  }

  /**
   * As {@link #read(Path, List, Mistakes)}, with other rules.
   *
   * @param changes over what the files say, key by key
   */
  public @Nullable SiteConfig read(
      Path file, List<String> settings, @Nullable Section changes, Mistakes mistakes) {
    var includes = new Includes(mistakes);
    var written = includes.read(file);
    if (written == null) {
      return null;
    }
    var changed = changes == null ? written : written.merged(changes);
    var set = new Settings(mistakes).applied(changed, settings);
    var top = new Secrets(file, mistakes).revealed(set);
    var config = config(top, file, includes, mistakes);
    return mistakes.hasErrors() ? null : config;
  }

  /** What the same files say, word for word; null, and mistakes, where they cannot be read. */
  public @Nullable Outline outline(Path file, List<String> settings, Mistakes mistakes) {
    var written = new Includes(mistakes).read(file);
    return written == null
        ? null
        : Outline.of(new Settings(mistakes).applied(written, settings), kinds, overlay, mistakes);
  }

  private @Nullable SiteConfig config(
      Section top, Path file, Includes includes, Mistakes mistakes) {
    boolean isWhole = includes.isWhole();
    top.required("schema", "1");
    top.node("include");
    var language = top.choice("language", LANGUAGES);
    var siteLine = section(top, "site", "{ id: CD-QY-0173, … }", isWhole);
    var site = siteLine == null ? null : new SiteLine(mistakes).read(siteLine);
    var up = section(top, "uplink", "{ url: mqtts://mq.city.example:8883, … }", isWhole);
    var gateway = site == null ? "" : site.id();
    var uplink = up == null ? null : new UplinkReader(up, gateway, file).read();
    var journal = new JournalReader(mistakes).read(top.section("journal"));

    var access = new AccessReader(mistakes).read(top.section("access"));
    var buses = new Buses(drivers, mistakes);
    buses.read(top.section("buses"));
    boolean isDemo = "true".equals(top.choice("demo", List.of("true", "false")));
    if (!isDemo) {
      buses.refuseMixture();
    }
    var shelf = profiles.with(file.resolveSibling("profiles"), mistakes);
    var devices = new Devices(buses, shelf, overlay, mistakes);
    var assets = new Assets(kinds, devices, overlay, mistakes);
    var all = assets.read(top.section("assets"), buses.declared());
    var reached = devices.all();

    var rules = new Calendars(includes, file).into(top.sections("rules"));
    var defaults = new DefaultsReader(kinds, mistakes).read(top.section("defaults"));
    var integrations = new IntegrationsReader(file, mistakes).read(top.texts("integrations"));
    top.refuseLater("a site", "catalogue");
    top.refuseOthers("a site");
    if (site == null || uplink == null) {
      return null;
    }
    return new SiteConfig(
        site,
        language == null ? LANGUAGES.getFirst() : language,
        uplink,
        journal,
        access,
        List.copyOf(buses.byName().values()),
        all,
        reached,
        rules,
        defaults,
        assets.rules(),
        integrations,
        isDemo || buses.areSimulated() ? Origin.SIMULATED : Origin.FIELD);
  }

  /** Required, unless a file is missing that may hold it. */
  private static @Nullable Section section(
      Section top, String key, String example, boolean isWhole) {
    return isWhole ? top.requiredSection(key, example) : top.section(key);
  }
}
