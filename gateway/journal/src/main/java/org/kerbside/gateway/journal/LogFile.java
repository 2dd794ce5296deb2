package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** SQLite's log beside the file, while no connection is open. It holds no locks. */
final class LogFile {

  private static final int PIECE = 64 * 1024;

  private LogFile() {}

  static Path of(Path file) {
    return file.resolveSibling(file.getFileName() + "-wal");
  }

  /**
   * Writes it over itself and syncs it. After a sync that failed the kernel may take for written
   * what the disk does not have; we would read it, add to it, and lose both in a power cut.
   */
  static void renew(Path file) throws IOException {
    var path = of(file);
    if (!Files.exists(path) || Files.size(path) == 0) {
      return;
    }
    try (var log = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var piece = ByteBuffer.allocate(PIECE);
      for (long at = 0; log.read(piece.clear(), at) > 0; ) {
        for (piece.flip(); piece.hasRemaining(); ) {
          at += log.write(piece, at);
        }
      }
      log.force(false);
    }
  }
}
