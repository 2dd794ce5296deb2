package org.kerbside.gateway.cli;

import java.nio.file.Path;

/**
 * What {@code kerbside code} was asked for.
 *
 * @param role as it was typed
 */
public record CodeOptions(String role, By by) {

  /** What it is told by. */
  public sealed interface By {

    /** A worker's code of today, by the keys of a site. */
    record Site(Path site, String worker) implements By {}

    /** The role's key at one gateway, by the city's seed. */
    record Seed(Path file, String gateway) implements By {}
  }
}
