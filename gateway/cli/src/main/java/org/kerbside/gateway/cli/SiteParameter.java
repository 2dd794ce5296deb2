package org.kerbside.gateway.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Parameters;

/** The parameter of every command that takes a site by its file. */
final class SiteParameter {

  // What was typed: written by picocli, once.
  @Parameters(
      arity = "0..1",
      paramLabel = "SITE",
      description = {"The site's file; if not given,", "/etc/kerbside/site.yaml."})
  private @Nullable Path site;

  /** Null when none was typed. */
  @Nullable Path path() {
    return site;
  }
}
