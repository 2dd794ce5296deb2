package org.kerbside.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/** Reads which files of routes a site wants. */
final class IntegrationsReader {

  private static final Pattern NAME =
      Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}\\.camel\\.yaml");
  private static final int MOST = 16;

  private final Path site;
  private final Mistakes mistakes;

  IntegrationsReader(Path site, Mistakes mistakes) {
    this.site = site;
    this.mistakes = mistakes;
  }

  List<IntegrationConfig> read(List<Text> names) {
    var read = new ArrayList<IntegrationConfig>();
    var met = new HashSet<String>();
    for (var name : names) {
      if (!NAME.matcher(name.text()).matches()) {
        mistakes.add(
            name.mark(),
            "E104",
            "'%s' is no integration's name".formatted(name),
            "name a file in integrations/ beside the site, as wecom.camel.yaml");
      } else if (!met.add(name.text())) {
        mistakes.add(name.mark(), "E005", "'%s' stands here twice".formatted(name), "keep one");
      } else if (met.size() > MOST) {
        mistakes.add(
            name.mark(), "E009", "more than %d integrations".formatted(MOST), "keep fewer");
      } else {
        read.add(
            new IntegrationConfig(
                name,
                site.resolveSibling("integrations").resolve(name.text()),
                site.resolveSibling("secrets")));
      }
    }
    return read;
  }
}
