package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Counts what was written since the opening. The writer counts, any thread may ask. */
final class Tally {

  private final Path file;

  /** Set by the writer; its file sizes are filled in when it is asked for. */
  private volatile Written written = new Written(0, 0, 0, 0, 0, 0, 0);

  Tally(Path file) {
    this.file = file;
  }

  /** One more commit, with so many frames that tell so many readings in so many bytes. */
  void committed(int frames, int readings, long bytes) {
    var before = written;
    written =
        new Written(
            before.commits() + 1,
            before.frames() + frames,
            before.readings() + readings,
            before.bytes() + bytes,
            0,
            0,
            0);
  }

  long bytes() {
    return written.bytes();
  }

  /** With the files' sizes now. */
  Written written() {
    var counted = written;
    return new Written(
        counted.commits(),
        counted.frames(),
        counted.readings(),
        counted.bytes(),
        size(file),
        size(file.resolveSibling(Database.FILE + "-wal")),
        Card.written());
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException _) {
      return 0;
    }
  }
}
