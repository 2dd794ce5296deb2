package org.kerbside.gateway.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that reads a site and its data folder by itself. */
final class SiteChoice {

  private final Places places;
  @Mixin private final DataFolder data;

  // What was typed: written by picocli, once.
  @Option(
      names = "--site",
      paramLabel = "FILE",
      description = {
        "The site's file; if not given, the one that ran",
        "from the data folder, else /etc/kerbside/site.yaml."
      })
  private @Nullable Path site;

  @Mixin private final FormatChoice chosen = new FormatChoice();

  SiteChoice(Places places) {
    this.places = places;
    this.data = new DataFolder(places);
  }

  @Nullable Path site() throws CommandException {
    if (site != null) {
      return places.site(site, "--site SITE.yaml");
    }
    boolean ran = Files.exists(data().resolve("revisions").resolve("current"));
    return ran || !Files.isRegularFile(places.site()) ? null : places.site();
  }

  Path data() {
    return data.path();
  }

  Format format() {
    return chosen.format();
  }
}
