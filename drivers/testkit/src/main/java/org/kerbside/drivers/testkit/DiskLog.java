package org.kerbside.drivers.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What {@link Shim} saw a process do to the files of a folder, step by step, and what a power cut
 * would have left of it: {@link Disk} says by which rules.
 */
public final class DiskLog {

  private static final byte MAGIC = 'K';
  private static final int HEAD = 24; // bytes

  private DiskLog() {}

  /** One step. Files are known by their inode, names are relative to the folder. */
  public sealed interface Step {

    /** A name that was not there, for a file that was not there. */
    record Created(long file, String name) implements Step {}

    record Wrote(long file, long offset, ByteBuffer bytes) implements Step {}

    record Sized(long file, long size) implements Step {}

    /**
     * A sync of a file that succeeded.
     *
     * @param covered steps that were done when it began, counted from the first
     */
    record Synced(long file, int covered) implements Step {}

    /** One that failed: what it covered is taken for written, and is not. */
    record NotSynced(long file, int covered) implements Step {}

    record FolderSynced(String name, int covered) implements Step {}

    record Renamed(String from, String to) implements Step {}

    record Unlinked(String name) implements Step {}

    /** No step of the disk: somebody said something at this instant. */
    record Noted(String text) implements Step {}
  }

  /**
   * The folder as a power cut at the log's end would leave it: only what was synced.
   *
   * @param into where it is made; emptied first, and may be the folder itself once nobody has it
   *     open
   */
  public static void afterPowerLoss(Path log, Path into) throws IOException {
    var disk = new Disk();
    read(log).forEach(disk::take);
    disk.survivors(Loss.UNSYNCED, new Random(0)).write(into);
  }

  /** All steps in order. A last one that a kill cut off is left out. */
  public static List<Step> read(Path log) throws IOException {
    var steps = new ArrayList<Step>();
    var starts = new ArrayList<Integer>(); // of the steps, in bytes
    var bytes = ByteBuffer.wrap(Files.readAllBytes(log)).order(ByteOrder.nativeOrder());
    while (bytes.remaining() >= HEAD) {
      int start = bytes.position();
      if (bytes.get() != MAGIC) {
        throw new IOException("%s: no step begins at %d".formatted(log, start));
      }
      char type = (char) bytes.get();
      var name = new byte[bytes.getShort() & 0xFFFF];
      var data = new byte[bytes.getInt()];
      long file = bytes.getLong();
      long at = bytes.getLong();
      if (bytes.remaining() < name.length + data.length) {
        break;
      }
      bytes.get(name).get(data);
      starts.add(start);
      steps.add(step(type, file, at, new String(name, UTF_8), data, starts));
    }
    return steps;
  }

  private static Step step(
      char type, long file, long at, String name, byte[] data, List<Integer> starts) {
    return switch (type) {
      case 'C' -> new Step.Created(file, name);
      case 'W' -> new Step.Wrote(file, at, ByteBuffer.wrap(data));
      case 'T' -> new Step.Sized(file, at);
      case 'S' -> new Step.Synced(file, before(starts, at));
      case 'F' -> new Step.NotSynced(file, before(starts, at));
      case 'D' -> new Step.FolderSynced(name, before(starts, at));
      case 'R' -> new Step.Renamed(name, new String(data, UTF_8));
      case 'U' -> new Step.Unlinked(name);
      case 'N' -> new Step.Noted(new String(data, UTF_8));
      default -> throw new IllegalStateException("no step is called '" + type + "'");
    };
  }

  /** How many steps begin before so many bytes. */
  private static int before(List<Integer> starts, long bytes) {
    int count = starts.size();
    while (count > 0 && starts.get(count - 1) >= bytes) {
      count--;
    }
    return count;
  }

  /** Notes that something is so now, such as that a commit is kept. Thread-safe. */
  public static void note(Path log, String text) throws IOException {
    Files.write(log, record('N', 0, 0, "", text.getBytes(UTF_8)), StandardOpenOption.APPEND);
  }

  /** A new log: what lies in the folder was written and synced before it began. */
  static void begin(Path log, Path folder) throws IOException {
    Files.write(log, new byte[0]);
    try (var found = Files.walk(folder)) {
      for (var file : found.filter(Files::isRegularFile).sorted().toList()) {
        var inode = ((Number) Files.getAttribute(file, "unix:ino")).longValue();
        var name = folder.relativize(file).toString();
        append(log, record('C', inode, 0, name, new byte[0]));
        append(log, record('W', inode, 0, "", Files.readAllBytes(file)));
        append(log, record('S', inode, Files.size(log), name, new byte[0]));
      }
    }
  }

  private static void append(Path log, byte[] record) throws IOException {
    Files.write(log, record, StandardOpenOption.APPEND);
  }

  private static byte[] record(char type, long file, long at, String name, byte[] data) {
    var called = name.getBytes(UTF_8);
    return ByteBuffer.allocate(HEAD + called.length + data.length)
        .order(ByteOrder.nativeOrder())
        .put(MAGIC)
        .put((byte) type)
        .putShort((short) called.length)
        .putInt(data.length)
        .putLong(file)
        .putLong(at)
        .put(called)
        .put(data)
        .array();
  }
}
