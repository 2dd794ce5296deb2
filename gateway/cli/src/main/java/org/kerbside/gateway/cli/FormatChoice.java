package org.kerbside.gateway.cli;

import picocli.CommandLine.Option;

/** The option of every command whose answer a program may read. */
final class FormatChoice {

  // What was typed: written by picocli, once.
  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description = "text (as if not given) or json.")
  private Format format = Format.TEXT;

  Format format() {
    return format;
  }
}
