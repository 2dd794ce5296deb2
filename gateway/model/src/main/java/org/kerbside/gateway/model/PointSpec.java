package org.kerbside.gateway.model;

import java.time.Duration;
import java.util.List;

/**
 * What a point of a kind is: its type, unit, plausible range, dead band and heartbeat.
 *
 * @param name as in YAML, MQTT and on the page: {@code fill}
 * @param min smallest plausible number in {@code unit}; less is {@code bad}, out of range
 * @param max greatest plausible number
 * @param band how far it must move to enter a frame
 * @param beat after this long a reading enters a frame though it did not move; three beats without
 *     a sample are stale
 * @param words the closed list of a {@link PointType#STATE} point, else empty
 */
public record PointSpec(
    String name,
    PointType type,
    Unit unit,
    double min,
    double max,
    Band band,
    Duration beat,
    Access access,
    List<String> words) {

  /** Whether the desk may move it. */
  public enum Access {
    OBSERVED,
    WRITABLE
  }

  public PointSpec {
    words = List.copyOf(words);
  }

  public boolean isWritable() {
    return access == Access.WRITABLE;
  }
}
