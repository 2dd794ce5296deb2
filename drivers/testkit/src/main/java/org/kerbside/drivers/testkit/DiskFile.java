package org.kerbside.drivers.testkit;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The content of one file of a {@link Disk}: what is synced, and what was done since. */
final class DiskFile {

  /**
   * A write, or a new size.
   *
   * @param step when
   * @param at offset of the bytes, or the size
   * @param bytes null for a size
   */
  record Change(int step, long at, @Nullable ByteBuffer bytes) {}

  private final Content synced = new Content(new byte[0]);
  private final List<Change> since = new ArrayList<>();
  private final List<Change> doomed = new ArrayList<>(); // never synced, though the kernel says so

  void change(Change change) {
    since.add(change);
  }

  void synced(int covered) {
    for (var change : List.copyOf(since)) {
      if (change.step <= covered) {
        since.remove(change);
        if (!doomed.remove(change)) {
          synced.take(change);
        }
      }
    }
  }

  void notSynced(int covered) {
    for (var change : since) {
      if (change.step <= covered && !doomed.contains(change)) {
        doomed.add(change);
      }
    }
  }

  byte[] survives(Loss loss, Random chance) {
    var content = new Content(synced.bytes());
    for (var change : since) {
      switch (loss) {
        case NOTHING -> content.take(change);
        case UNSYNCED -> {}
        case REORDERED, TORN_512, TORN_4096 -> content.takeSome(change, loss.whole, chance);
      }
    }
    return content.bytes();
  }

  /** Bytes that grow. */
  private static final class Content {

    private byte[] bytes;
    private int size;

    Content(byte[] bytes) {
      this.bytes = bytes;
      size = bytes.length;
    }

    void take(Change change) {
      int at = Math.toIntExact(change.at);
      if (change.bytes == null) {
        resize(at);
      } else {
        write(change.bytes, 0, change.bytes.capacity(), at);
      }
    }

    /** Each part that is written as one is there or not. */
    void takeSome(Change change, int whole, Random chance) {
      if (change.bytes == null) {
        if (chance.nextBoolean()) {
          take(change);
        }
        return;
      }
      for (int from = 0; from < change.bytes.capacity(); ) {
        long at = change.at + from;
        int to = (int) Math.min(change.bytes.capacity(), from + whole - at % whole);
        if (chance.nextBoolean()) {
          write(change.bytes, from, to - from, Math.toIntExact(at));
        }
        from = to;
      }
    }

    private void write(ByteBuffer source, int from, int count, int at) {
      if (at + count > size) {
        resize(at + count);
      }
      source.get(from, bytes, at, count);
    }

    private void resize(int to) {
      if (to > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(to, 2 * bytes.length));
      }
      if (to < size) {
        Arrays.fill(bytes, to, size, (byte) 0);
      }
      size = to;
    }

    byte[] bytes() {
      return Arrays.copyOf(bytes, size);
    }
  }
}
