package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Whether telemetry has more than its share of the quota. Three quarters are its own at most; what
 * events and commands need beyond theirs is taken from it, but for an eighth that it always has.
 * When the file system is nearly full the file grows no more, whatever the quota says. For the
 * writer's thread alone.
 */
final class Room {

  private static final int PAGE = 1024;
  private static final long LOOK_BYTES = 256 * 1024;
  private static final int HIGH_WATER = 80; // percent of the file system

  private final Path file;
  private final long quota;
  private long events = -1; // bytes; below zero: to be counted
  private long unseen; // bytes committed since the last look
  private boolean isShort;
  private @Nullable FileStore store;

  Room(Path file, Quota quota) {
    this.file = file;
    this.quota = quota.bytes();
  }

  /** So many bytes of frames were committed. */
  void grew(long readings, long events) {
    unseen += readings + events;
    this.events += this.events < 0 ? 0 : events;
  }

  /** Whether it is time for a look. */
  boolean isDue() {
    return isShort || unseen > Math.min(quota / 256, LOOK_BYTES);
  }

  /** The disk is full: time for a look, however little was committed. */
  void isOut() {
    unseen = quota;
  }

  /** Events were freed. */
  void shrank() {
    events = -1;
  }

  /** Once short it stays so until an eighth of telemetry's share is free. */
  boolean isShort(WriteSide side) throws SQLException {
    unseen = 0;
    long pages = side.asked("PRAGMA page_count");
    long used = (pages - side.asked("PRAGMA freelist_count")) * PAGE;
    long others = events(side) + side.others();
    long bytes = isNearlyFull() ? Math.min(quota, pages * PAGE) : quota;
    long share = Math.max(bytes / 8, Math.min(bytes - bytes / 4, bytes - bytes / 16 - others));
    isShort = used - others > (isShort ? share - share / 8 : share);
    return isShort;
  }

  private long events(WriteSide side) throws SQLException {
    if (events < 0) {
      events = side.asked("SELECT sum(length(body) + 40) FROM events");
    }
    return events;
  }

  private boolean isNearlyFull() {
    try {
      var there = store == null ? Files.getFileStore(file) : store;
      store = there; // To find it reads all mounts.
      return there.getUsableSpace() < there.getTotalSpace() / 100 * (100 - HIGH_WATER);
    } catch (IOException _) {
      return false;
    }
  }
}
