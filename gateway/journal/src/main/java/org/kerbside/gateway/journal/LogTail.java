package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Looks at the end of SQLite's log before SQLite does. SQLite takes what it can follow and drops
 * the rest without a word; but behind a flipped bit may lie commits that were acknowledged, and
 * their seqs would be given once more. Each commit was synced before the next one began, so only
 * the last can be torn by a kill or a power cut: more than one behind the break is damage.
 */
final class LogTail {

  /** What lies behind the last commit that SQLite can follow. */
  enum Verdict {
    /** Nothing, or the beginning of a commit that was never acknowledged. */
    WHOLE,
    /** Perhaps one that was: torn by a power cut while it was written, or damaged later. */
    UNSURE,
    /** At least one that was acknowledged. */
    DAMAGED
  }

  private static final int HEAD = 32;
  private static final int FRAME_HEAD = 24;
  private static final int MAGIC = 0x377f0682; // its last bit: sums of big-endian words
  private static final int SECTOR = 512; // what a disk writes as one, or a part of it
  private static final int OLDER = 1_000_000; // logs before this one, whose rests may lie behind
  private static final int MOST = 16 * 1024 * 1024; // of a log; a larger one is not looked at

  private final ByteBuffer log;
  private int sum1;
  private int sum2;

  private LogTail(ByteBuffer log) {
    this.log = log;
  }

  /** The log of a file that nobody has open. */
  static Verdict of(Path file) throws IOException {
    var path = LogFile.of(file);
    if (!Files.exists(path) || Files.size(path) <= HEAD || Files.size(path) > MOST) {
      return Verdict.WHOLE;
    }
    try (var channel = FileChannel.open(path)) {
      var bytes = ByteBuffer.allocate((int) channel.size());
      while (bytes.hasRemaining() && channel.read(bytes) > 0) {}
      return new LogTail(bytes.flip()).verdict();
    }
  }

  private Verdict verdict() {
    // The head is synced before the first frame is written: no power cut tears it.
    if ((log.getInt(0) & ~1) != MAGIC || !addsUpHead()) {
      return Verdict.DAMAGED;
    }
    int frame = FRAME_HEAD + log.getInt(8);
    int at = HEAD;
    while (at + frame <= log.limit() && isOurs(at) && addsUp(at, frame)) {
      at += frame;
    }
    return behind(at);
  }

  private boolean addsUpHead() {
    add(0, 24);
    return sum1 == log.getInt(24) && sum2 == log.getInt(28);
  }

  private boolean addsUp(int at, int frame) {
    int before1 = sum1;
    int before2 = sum2;
    add(at, 8);
    add(at + FRAME_HEAD, frame - FRAME_HEAD);
    if (sum1 == log.getInt(at + 16) && sum2 == log.getInt(at + 20)) {
      return true;
    }
    sum1 = before1;
    sum2 = before2;
    return false;
  }

  private void add(int at, int count) {
    log.order((log.getInt(0) & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    for (int i = at; i < at + count; i += 8) {
      sum1 += log.getInt(i) + sum2;
      sum2 += log.getInt(i + 4) + sum1;
    }
    log.order(ByteOrder.BIG_ENDIAN);
  }

  /** Whether the salt there is this log's: nothing older and no noise has it. */
  private boolean isOurs(int at) {
    return log.getLong(at + 8) == log.getLong(16);
  }

  /**
   * Whether a commit ends there. A power cut may leave a sector of this log beside one of an older
   * log: a mark that lies in another sector than its salt says nothing.
   */
  private boolean isCommit(int at) {
    return log.getInt(at + 4) != 0 && (at + 8) % SECTOR != 0;
  }

  /**
   * Judges what follows the last frame that adds up. Cut bytes move frames: any place is looked at.
   */
  private Verdict behind(int end) {
    int frames = 0;
    int commits = 0;
    boolean endsInCommit = false;
    for (int at = end; at + 16 <= log.limit(); at++) {
      if (isOurs(at)) {
        frames++;
        endsInCommit = isCommit(at);
        commits += endsInCommit ? 1 : 0;
      }
    }
    if (commits > 1 || commits == 1 && !endsInCommit) {
      return Verdict.DAMAGED;
    }
    // A kill comes between a frame's head and its page.
    boolean isKilled =
        frames == 1 && isOurs(end) && (commits == 0 || log.limit() == end + FRAME_HEAD);
    return isKilled || frames == 0 && isOlder(end) ? Verdict.WHOLE : Verdict.UNSURE;
  }

  /** Whether nothing is there but perhaps the rest of a log before this one. */
  private boolean isOlder(int end) {
    if (end + FRAME_HEAD > log.limit()) {
      return end == log.limit();
    }
    int ago = log.getInt(16) - log.getInt(end + 8); // each log's first salt is one more
    return ago > 0 && ago < OLDER;
  }
}
