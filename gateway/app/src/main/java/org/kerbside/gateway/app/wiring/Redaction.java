package org.kerbside.gateway.app.wiring;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;

/**
 * Dots in the place of every secret that a site has: the last net, under texts that should have
 * none in them to begin with.
 *
 * @param secrets the longest first
 */
record Redaction(List<String> secrets) {

  /** What is shorter stands in every other word as well. */
  private static final int SHORTEST = 4;

  private static final long MOST_BYTES = 64 << 10; // of a secret's file

  /** Each line of each file in {@code secrets/} beside a site. */
  static Redaction of(Path site) throws CommandException {
    var folder = site.resolveSibling("secrets");
    if (!Files.isDirectory(folder)) {
      return new Redaction(List.of());
    }
    var secrets = new TreeSet<String>();
    try (var files = Files.walk(folder)) {
      for (var file : files.filter(Files::isRegularFile).toList()) {
        if (Files.size(file) <= MOST_BYTES) {
          new String(Files.readAllBytes(file), ISO_8859_1)
              .lines()
              .map(String::strip)
              .filter(line -> line.length() >= SHORTEST)
              .forEach(secrets::add);
        }
      }
    } catch (IOException closed) {
      throw new CommandException(
          Exit.NOT_ALLOWED,
          "%s cannot be read, so nobody can see to it that nothing of it leaves".formatted(folder),
          "make the bundle as root");
    }
    return new Redaction(
        secrets.stream().sorted(Comparator.comparingInt(String::length).reversed()).toList());
  }

  String of(String text) {
    var redacted = text;
    for (var secret : secrets) {
      redacted = redacted.replace(secret, "•••");
    }
    return redacted;
  }
}
