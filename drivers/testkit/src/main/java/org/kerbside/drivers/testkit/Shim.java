package org.kerbside.drivers.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;

/**
 * A library preloaded into a process: it logs what the process does to the files of one folder, for
 * {@link DiskLog}, and makes calls fail or wait and lets them go again while the process runs. The
 * log lies in the page cache and so outlives a kill. Mark the test {@code @NeedsPeer("cc")}.
 *
 * <p>It sees every file the process opens below the folder by its absolute path, but nothing that
 * is written through mapped memory.
 */
public final class Shim {

  // The control page; shim.c has it as a struct.
  private static final int ON = 0;
  private static final int WAY = 4;
  private static final int FIRST = 8;
  private static final int LAST = 16;
  private static final int MILLIS = 24;
  private static final int CALLS = 32;
  private static final int HIT = 40;
  private static final int SUFFIX = 48;
  private static final int LONGEST_SUFFIX = 64;
  private static final int PAGE = 4096;

  private final Path folder;
  private final Path library;
  private final Path log;
  private final Path control;

  private Shim(Path folder, Path place) {
    this.folder = folder;
    library = place.resolve("shim.so");
    log = place.resolve("shim.log");
    control = place.resolve("shim.control");
  }

  /**
   * Compiles it, and {@link #watch}es.
   *
   * @param folder whose files are meant; made when it is not there
   * @param place for the library, the log and the control page; not within the folder
   */
  public static Shim over(Path folder, Path place) throws IOException, InterruptedException {
    var shim =
        new Shim(Files.createDirectories(folder).toRealPath(), Files.createDirectories(place));
    shim.compile();
    Files.write(shim.control, new byte[PAGE]);
    shim.watch();
    return shim;
  }

  private void compile() throws IOException, InterruptedException {
    var source = library.resolveSibling("shim.c");
    try (var text = Shim.class.getResourceAsStream("shim.c")) {
      if (text == null) {
        throw new AssertionError("shim.c is not on the class path");
      }
      Files.write(source, text.readAllBytes());
    }
    var ended =
        Peer.run(
            "cc",
            List.of(
                "-shared", "-fPIC", "-O2", "-Wall", "-o", library.toString(), source.toString()));
    if (ended.exit() != 0) {
      throw new AssertionError(ended.output());
    }
  }

  /**
   * Begins the log anew: what lies in the folder now counts as synced. Not while a process runs
   * under it.
   */
  public void watch() throws IOException {
    DiskLog.begin(log, folder);
    heal();
  }

  /** What a process must have in its environment. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "KERBSIDE_SHIM_FOLDER", folder.toString(),
        "KERBSIDE_SHIM_LOG", log.toString(),
        "KERBSIDE_SHIM_CONTROL", control.toString());
  }

  public Path folder() {
    return folder;
  }

  /** What {@link DiskLog} reads. */
  public Path log() {
    return log;
  }

  /** From now on; counts begin anew. It takes the place of a failure planted before. */
  public void plant(Failure failure) throws IOException {
    if (failure.suffix().length() > LONGEST_SUFFIX) {
      throw new IllegalArgumentException("suffix too long: " + failure.suffix());
    }
    try (var page = page()) {
      put(page, ON, number(0));
      put(page, WAY, number(failure.way().number));
      put(page, FIRST, number(failure.first()));
      put(page, LAST, number(failure.last()));
      put(page, MILLIS, number(failure.pause().toMillis()));
      put(page, CALLS, number(0L));
      put(page, HIT, number(0L));
      put(
          page,
          SUFFIX,
          ByteBuffer.allocate(LONGEST_SUFFIX).put(0, failure.suffix().getBytes(UTF_8)));
      put(page, ON, number(failure.bits()));
    }
  }

  /** From now on every call goes as it wants; counts stay. */
  public void heal() throws IOException {
    try (var page = page()) {
      put(page, ON, number(0));
    }
  }

  /** How many calls were meant since the failure was planted. */
  public long calls() throws IOException {
    return count(CALLS);
  }

  /** How many of them were hit. */
  public long hit() throws IOException {
    return count(HIT);
  }

  private long count(int at) throws IOException {
    try (var page = page()) {
      var number = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
      page.read(number, at);
      return number.getLong(0);
    }
  }

  private FileChannel page() throws IOException {
    return FileChannel.open(control, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  private static void put(FileChannel page, int at, ByteBuffer bytes) throws IOException {
    page.write(bytes, at);
  }

  private static ByteBuffer number(int number) {
    return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(0, number);
  }

  private static ByteBuffer number(long number) {
    return ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, number);
  }
}
