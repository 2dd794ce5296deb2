package org.kerbside.gateway.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.kerbside.gateway.model.Event;

/** Counts what was written since the opening. The writer counts, any thread may ask. */
final class Tally {

  private final Path file;

  /** Set by the writer; its file sizes are filled in when it is asked for. */
  private volatile Written written = new Written(0, 0, 0, 0, 0, 0, 0);

  private final Map<String, Lost> lost = new ConcurrentHashMap<>(); // by reason: a few words

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

  /** What was committed tells of readings that will not come. */
  void told(List<Event> events) {
    for (var event : events) {
      if (event instanceof Event.Gap gap) {
        lost.merge(gap.reason(), new Lost(1, gap.readings()), Lost::plus);
      }
    }
  }

  /** By reason. */
  Map<String, Lost> lost() {
    return new TreeMap<>(lost);
  }

  long payload() {
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
