package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether SQLite's log grows, because somebody reads one state of the file for too long: a person
 * with a tool, or a reader of ours that hangs. For the writer's thread alone.
 */
final class LogWatch {

  /** From here on it is told. */
  static final long MUCH = 16L * 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);

  private final Path log;
  private boolean isMuch;

  LogWatch(Path file) {
    log = LogFile.of(file);
  }

  /** Whether it has become too long since the last look. Tries to shorten it as long as it is. */
  boolean hasBecomeMuch(WriteSide side, ReadSide readers) throws SQLException {
    boolean was = isMuch;
    isMuch = size() > MUCH;
    if (isMuch) {
      readers.close();
      side.number("PRAGMA wal_checkpoint(TRUNCATE)");
    }
    if (isMuch && !was) {
      LOG.warn("{}: {} bytes; somebody reads the journal for long", log.getFileName(), size());
    }
    return isMuch && !was;
  }

  private long size() {
    try {
      return Files.size(log);
    } catch (IOException _) {
      return 0;
    }
  }
}
