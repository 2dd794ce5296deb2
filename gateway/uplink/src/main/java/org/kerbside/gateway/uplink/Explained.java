package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.kerbside.gateway.model.Ranges;
import org.kerbside.gateway.model.Stream;

/**
 * Which seqs were told as gone of late: a platform that asks again before the gap has reached it
 * brings no second one. Outlives connections; confined to the uplink's thread.
 */
final class Explained {

  /** After this a platform that still asks is answered anew. */
  private static final Duration MEMORY = Duration.ofMinutes(10);

  private final Map<Stream, Ranges> told = new EnumMap<>(Stream.class);
  private long begun;

  Explained(long nanos) {
    begun = nanos;
    forget();
  }

  /** Whether any of it is; notes that it is told now. */
  boolean isNew(Stream stream, long first, long last, long nanos) {
    if (nanos - begun >= MEMORY.toNanos()) {
      begun = nanos;
      forget();
    }
    var known = Objects.requireNonNull(told.get(stream));
    boolean isNew = known.missing(first) <= last;
    known.add(first, last);
    return isNew;
  }

  private void forget() {
    for (var stream : Stream.values()) {
      told.put(stream, new Ranges());
    }
  }
}
