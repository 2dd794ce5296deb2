package org.kerbside.gateway.app.wiring;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteConfig;
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
 */
public record Plan(
    SiteConfig config, RuleBook rules, List<Buses.Bus> buses, Integrations.Files integrations) {

  public Plan {
    buses = List.copyOf(buses);
  }

  /** As {@link #read}; mistakes are told on the terminal. */
  public static @Nullable Plan of(Path site, List<String> settings, Terminal terminal) {
    var mistakes = new Mistakes();
    var plan = read(site, settings, mistakes);
    var told = new Diagnostics(mistakes);
    terminal.err().print(told.text());
    if (plan == null) {
      terminal.err().println(told.closing(null, 0));
    }
    terminal.err().flush();
    return plan;
  }

  /**
   * Reads a site with its rules and buses. Every mistake of all of them is told in one run.
   *
   * @param settings {@code path=value}, over what the files say
   * @return the plan, or null when there are errors; those of an integration leave it out, and the
   *     plan stands
   */
  public static @Nullable Plan read(Path site, List<String> settings, Mistakes mistakes) {
    var reader = new SiteReader(Kinds.TABLE, Profiles.shipped(), Buses.NAMES);
    var config = reader.read(site, settings, mistakes);
    if (config == null) {
      return null;
    }
    var rules = RuleBook.read(config, mistakes);
    var buses = Buses.read(config, mistakes);
    return mistakes.hasErrors()
        ? null
        : new Plan(config, rules, buses, Integrations.read(config, mistakes));
  }
}
