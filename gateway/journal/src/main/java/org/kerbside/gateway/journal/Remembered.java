package org.kerbside.gateway.journal;

import java.time.Duration;
import org.kerbside.gateway.model.Wire;

/**
 * What an earlier process left.
 *
 * @param body empty where it is damaged
 * @param at when, on this process's monotonic scale; the time for which none ran does not count
 * @param readings all frames of readings up to this seq are in it
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over and never compared
public record Remembered(Duration at, long readings, byte[] body) {

  /**
   * A frame of readings that was written after the snapshot.
   *
   * @param at when it was written, on the same scale
   */
  public record Later(long seq, Duration at, Wire.Contents contents) {}
}
