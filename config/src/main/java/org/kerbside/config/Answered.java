package org.kerbside.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Got;
import org.kerbside.gateway.model.Got.Result;

/**
 * What became of the last configuration that the city wanted, in {@code want/} of a data folder:
 * one file, moved by rename, so that nothing that was played before counts again after a restart.
 * Belongs to one thread at a time.
 */
public final class Answered {

  private static final String FOLDER = "want";
  private static final String FILE = "got";
  private static final String HEAD =
      """
      # What became of the configuration that the city wanted last. Written by kerbside.
      schema: 1
      """;

  private final Path file;

  private Answered(Path file) {
    this.file = file;
  }

  /** That of a data folder; there may be none yet. */
  public static Answered in(Path data) {
    return new Answered(data.resolve(FOLDER).resolve(FILE));
  }

  /**
   * Null where nothing was wanted yet.
   *
   * @throws IOException that names the file and what to do, also where a word in it is none of ours
   */
  public @Nullable Got read() throws IOException {
    String text;
    try {
      text = Files.readString(file);
    } catch (NoSuchFileException none) {
      return null;
    }
    var top = Yaml.read(FILE, text, new Mistakes());
    var want = top == null ? null : top.number("want");
    var revision = top == null ? null : top.number("revision");
    var word = top == null ? null : top.text("result");
    if (top == null || want == null || revision == null || word == null) {
      throw broken("", "expected want, revision and result");
    }
    return new Got(
        want.longValue(),
        revision.longValue(),
        result(word),
        top.texts("diagnostics").stream().map(Text::text).toList());
  }

  private Result result(Text word) throws IOException {
    for (var result : Result.values()) {
      if (result.word().equals(word.text())) {
        return result;
      }
    }
    throw broken(
        ":%d:%d".formatted(word.mark().line(), word.mark().column()),
        "'%s': expected applied, reverted or refused".formatted(word.text()));
  }

  private IOException broken(String place, String problem) {
    return new IOException(
        "%s%s: %s; remove it, and what the city wants is judged anew"
            .formatted(file, place, problem));
  }

  /** From now on it is so, whatever happens. */
  public void write(Got got) throws IOException {
    Files.createDirectories(file.resolveSibling(""));
    Durable.write(
        file,
        HEAD
            + "want: %d\nrevision: %d\nresult: %s\ndiagnostics: [%s]\n"
                .formatted(
                    got.want(),
                    got.revision(),
                    got.result().word(),
                    got.diagnostics().stream()
                        .map(Diagnostics::quoted)
                        .collect(Collectors.joining(", "))));
  }
}
