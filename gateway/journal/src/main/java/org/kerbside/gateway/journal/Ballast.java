package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Bytes that lie idle until the disk is full. Even deleting needs room then: they are given up for
 * it, and laid anew when there is plenty again. For the writer's thread alone.
 */
final class Ballast {

  static final String FILE = "journal.ballast";

  private static final Logger LOG = LoggerFactory.getLogger(Ballast.class);
  private static final long MOST = 8L * 1024 * 1024;
  private static final long START = 2L * 1024 * 1024; // what a start may need
  private static final int SHARE = 16; // of a small file system no more than one in so many
  private static final int PLENTY = 3; // times itself must be free before it is laid

  private final Path journal;
  private final Path file;
  private boolean lies;

  Ballast(Path journal) {
    this.journal = journal;
    file = journal.resolveSibling(FILE);
    lies = Files.exists(file);
  }

  /** The disk is full. */
  void drop() {
    try {
      lies = false;
      if (Files.deleteIfExists(file)) {
        LOG.warn("{}: given up, the disk is full", FILE);
      }
    } catch (IOException stuck) {
      LOG.warn("{}: not deleted: '{}'", FILE, stuck.getMessage());
    }
  }

  /** Before a start, which needs room itself: for SQLite's library, for its -shm. */
  void dropIfShort() {
    try {
      if (lies && Files.getFileStore(file).getUsableSpace() < START) {
        drop();
      }
    } catch (IOException stuck) {
      LOG.warn("{}: '{}'", FILE, stuck.getMessage());
    }
  }

  /** For once a minute: takes effect where it does not lie and there is room. */
  void lay() {
    if (lies) {
      return;
    }
    try {
      var store = Files.getFileStore(journal);
      long size = Math.min(MOST, store.getTotalSpace() / SHARE);
      if (store.getUsableSpace() > PLENTY * size) {
        write(size);
        lies = true;
      }
    } catch (IOException refused) {
      LOG.warn("{}: not laid: '{}'", FILE, refused.getMessage());
      drop();
    }
  }

  /** Written and not merely sized: a hole in a file holds no room. */
  private void write(long size) throws IOException {
    try (var channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      var zeros = ByteBuffer.allocate(64 * 1024);
      for (long at = 0; at < size; ) {
        zeros.clear().limit((int) Math.min(zeros.capacity(), size - at));
        at += channel.write(zeros, at);
      }
      channel.force(true);
    }
  }
}
