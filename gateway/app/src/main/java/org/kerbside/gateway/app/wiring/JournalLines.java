package org.kerbside.gateway.app.wiring;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Standard error as journald reads it: in the place of its level each line has the priority of
 * syslog, {@code <4>}, so that {@code journalctl -p warning} finds it. A line without a level is of
 * the one before: a stack belongs to its message. Used under a {@code PrintStream}'s lock.
 */
final class JournalLines extends OutputStream {

  private static final Path STDERR = Path.of("/proc/self/fd/2");

  /** As slf4j-simple writes a level, and sd-daemon(3) numbers it. */
  private static final Map<String, Integer> PRIORITIES =
      Map.of("ERROR", 3, "WARN", 4, "INFO", 6, "DEBUG", 7, "TRACE", 7);

  private static final int INFORMATION = 6;

  private final OutputStream journal;

  // The line so far, and what the one before it was.
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int priority = INFORMATION;

  JournalLines(OutputStream journal) {
    this.journal = journal;
  }

  /**
   * Whether this process's standard error goes to journald.
   *
   * @param stream the environment's {@code JOURNAL_STREAM}: device and inode
   */
  static boolean isReadBy(@Nullable String stream) {
    if (stream == null) {
      return false;
    }
    try {
      var device = Files.getAttribute(STDERR, "unix:dev");
      var inode = Files.getAttribute(STDERR, "unix:ino");
      return stream.equals(device + ":" + inode);
    } catch (IOException | UnsupportedOperationException unknown) {
      return false;
    }
  }

  @Override
  public void write(int octet) throws IOException {
    if (octet == '\n') {
      journal.write(marked(line.toString(StandardCharsets.UTF_8)));
      line.reset();
    } else {
      line.write(octet);
    }
  }

  private byte[] marked(String text) {
    int end = text.indexOf(' ');
    var level = end < 0 ? null : PRIORITIES.get(text.substring(0, end));
    if (level != null) {
      priority = level;
    }
    var rest = level == null ? text : text.substring(end + 1);
    return "<%d>%s\n".formatted(priority, rest).getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void flush() throws IOException {
    journal.flush();
  }
}
