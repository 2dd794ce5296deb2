package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Line;

/**
 * What goes over a wire while somebody wants to see it: {@code >} ours, {@code <} the device's,
 * nothing behind it where it does not answer, as a trace is written. Belongs to the bus's thread.
 */
final class Talk {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int MOST = 200; // lines: a chatty radar must not fill a screen

  private final List<String> lines = new ArrayList<>(); // since the begin
  private boolean isSeen;

  void begin() {
    lines.clear();
    isSeen = true;
  }

  List<String> end() {
    isSeen = false;
    return List.copyOf(lines);
  }

  private void add(String mark, byte[] bytes) {
    if (bytes.length > 0) {
      add(mark + HEX.formatHex(bytes));
    }
  }

  private void add(String line) {
    if (isSeen && lines.size() < MOST) {
      lines.add(line);
    }
  }

  /** A chip's way, seen. */
  record OverI2c(Hardware.I2cDevice wire, Talk talk) implements Hardware.I2cDevice {

    @Override
    public byte[] exchange(byte[] written, int wanted) throws DeviceException {
      talk.add("> ", written);
      try {
        byte[] answer = wire.exchange(written, wanted);
        talk.add("< ", answer);
        return answer;
      } catch (NoAnswer nobody) {
        talk.add("<");
        throw nobody;
      }
    }

    @Override
    public void close() {
      wire.close();
    }
  }

  /** A device's line, seen. */
  record OverLine(Line line, Talk talk) implements Line {

    @Override
    public void write(byte[] telegram) throws Unavailable {
      talk.add("> ", telegram);
      line.write(telegram);
    }

    @Override
    public byte[] read(Duration patience) throws Unavailable, InterruptedException {
      byte[] came = line.read(patience);
      if (!patience.isZero()) { // else it is old, and dropped
        talk.add("< ", came);
      }
      return came;
    }

    @Override
    public void close() {
      line.close();
    }
  }
}
