package org.kerbside.gateway.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of what moves secrets from board to board. */
final class SecretsChoice {

  // What was typed: written by picocli, once.
  @Option(
      names = "--with-secrets",
      description = {"Passwords and keys as well, under a pass phrase", "that is asked for."})
  private boolean with;

  @Option(
      names = "--phrase",
      paramLabel = "FILE",
      description = "Holds the pass phrase in its first line.")
  private @Nullable Path file;

  /** Null where secrets stay out. */
  @Nullable PassPhrase phrase(PassPhrase.Use use) throws CommandException {
    if (!with && file != null) {
      throw new CommandException(
          Exit.WRONG_INPUT, "--phrase is of no use by itself", "add --with-secrets");
    }
    return with ? PassPhrase.of(file, use) : null;
  }
}
