package org.kerbside.drivers.testkit;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which calls of a process under {@link Shim} do not go as it wants.
 *
 * @param calls the ones meant
 * @param first of those calls that is hit, counted from 1 since the failure was planted
 * @param last of those calls that is hit
 * @param pause before each that is hit
 * @param suffix of the file's name, such as {@code -wal}; empty for every file
 */
public record Failure(
    Set<Call> calls, Way way, long first, long last, Duration pause, String suffix) {

  /** What a process asks of its disk. A sync is of a file or a folder; it opens to write. */
  public enum Call {
    WRITE(1),
    SYNC(2),
    TRUNCATE(4),
    OPEN(8),
    UNLINK(16),
    RENAME(32),
    READ(64);

    final int bit;

    Call(int bit) {
      this.bit = bit;
    }
  }

  /** How a call ends. */
  public enum Way {
    /** As ever: it only waits. */
    LATE(0),
    EIO(5),
    ENOSPC(28),
    EROFS(30),
    /** The first write that is hit takes half of its bytes, those behind it fail with ENOSPC. */
    SHORT(4096);

    final int number;

    Way(int number) {
      this.number = number;
    }
  }

  /** Every call that changes something on the disk, of every file, from the first on. */
  public static Failure of(Way way) {
    return of(way, Call.WRITE, Call.SYNC, Call.TRUNCATE, Call.OPEN, Call.UNLINK, Call.RENAME);
  }

  /** Those calls of every file, from the first on. */
  public static Failure of(Way way, Call one, Call... more) {
    return new Failure(EnumSet.of(one, more), way, 1, Long.MAX_VALUE, Duration.ZERO, "");
  }

  /** Each sync takes so long. */
  public static Failure slowSync(Duration pause) {
    return new Failure(Set.of(Call.SYNC), Way.LATE, 1, Long.MAX_VALUE, pause, "");
  }

  public Failure {
    calls = Set.copyOf(calls);
  }

  /** Only that call, and no other. */
  public Failure at(long nth) {
    return new Failure(calls, way, nth, nth, pause, suffix);
  }

  /** That call, and all behind it. */
  public Failure from(long nth) {
    return new Failure(calls, way, nth, Long.MAX_VALUE, pause, suffix);
  }

  /** Only of files whose names end so. */
  public Failure on(String ending) {
    return new Failure(calls, way, first, last, pause, ending);
  }

  int bits() {
    return calls.stream().mapToInt(call -> call.bit).reduce(0, (all, bit) -> all | bit);
  }
}
