package org.kerbside.gateway.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What a person must know to open a backup's secrets. Never an argument: those are public. */
public record PassPhrase(String text) {

  private static final int SHORTEST = 12; // characters

  /**
   * From the first line of a file; else from the terminal, where nobody sees it typed.
   *
   * @param file absent: it is asked for
   */
  static PassPhrase of(@Nullable Path file, Use use) throws CommandException {
    var typed = file == null ? typed(use) : first(file);
    if (typed.length() < SHORTEST) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "the pass phrase has %d characters".formatted(typed.length()),
          "take %d or more: four words that nobody connects".formatted(SHORTEST));
    }
    return new PassPhrase(typed);
  }

  /** What it is wanted for. */
  enum Use {
    /** Typed twice: nobody can mend a slip afterwards. */
    LOCK,
    OPEN
  }

  private static String first(Path file) throws CommandException {
    try {
      return Files.readString(file).lines().findFirst().orElse("");
    } catch (IOException none) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "'%s' cannot be read: %s".formatted(file, none.getMessage()),
          "--phrase FILE, whose first line is the pass phrase");
    }
  }

  @SuppressWarnings("SystemConsoleNull") // Since JDK 25 it is null again where nobody types.
  private static String typed(Use use) throws CommandException {
    var console = System.console();
    if (console == null || !console.isTerminal()) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "there is no terminal to type a pass phrase at",
          "--phrase FILE, whose first line is the pass phrase");
    }
    var first = console.readPassword("Pass phrase: ");
    var second = use == Use.LOCK ? console.readPassword("Once more:   ") : first;
    if (first == null || second == null || !new String(first).equals(new String(second))) {
      throw new CommandException(
          Exit.WRONG_INPUT, "the two are not the same", "type it once more; nothing has changed");
    }
    return new String(first);
  }

  /** Never the text: records are printed. */
  @Override
  public String toString() {
    return "•••";
  }
}
