package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.List;
import org.kerbside.drivers.api.LineSettings;

/** How much of a serial line's time its polls take, while everybody answers. */
final class Load {

  /** Until a device begins to answer; ours, by what meters do. */
  private static final Duration TURNAROUND = Duration.ofMillis(20);

  private static final int FRAME = 3; // bytes around a PDU: unit, checksum

  private final LineSettings line;
  private double share; // of the time

  Load(LineSettings line) {
    this.line = line;
  }

  void add(List<Request.Read> reads, Duration every) {
    for (var read : reads) {
      share += (double) time(read).toNanos() / every.toNanos();
    }
  }

  /** 1 is all of it. */
  double share() {
    return share;
  }

  private Duration time(Request.Read read) {
    int characters = FRAME + read.pdu().length + FRAME + read.answerLength();
    return line.time(characters).plus(RtuWire.silence(line).multipliedBy(2)).plus(TURNAROUND);
  }
}
