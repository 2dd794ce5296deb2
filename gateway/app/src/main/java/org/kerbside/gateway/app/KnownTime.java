package org.kerbside.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The last time that this gateway knew, kept in its data folder: a wall clock that shows less after
 * a start has been lost. Lost itself by a power cut, it costs trust and nothing else.
 */
final class KnownTime {

  /** In the data folder: a time and the machine's boot in which it was known. */
  static final String FILE = "clock";

  /**
   * What was known last.
   *
   * @param boot the machine's, in which it was
   */
  record Known(Instant wall, String boot) {}

  private final Path file;

  KnownTime(Path folder) {
    file = folder.resolve(FILE);
  }

  Path file() {
    return file;
  }

  /** What an earlier run saved; null when none did, or it cannot be read. */
  @Nullable Known read() {
    try {
      var words = Files.readString(file).strip().split(" ", 2);
      return new Known(Instant.parse(words[0]), words.length == 2 ? words[1] : "");
    } catch (IOException | DateTimeParseException none) {
      return null;
    }
  }

  void save(Known known) throws IOException {
    var fresh = file.resolveSibling(FILE + ".new");
    Files.writeString(fresh, known.wall() + " " + known.boot() + "\n");
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
