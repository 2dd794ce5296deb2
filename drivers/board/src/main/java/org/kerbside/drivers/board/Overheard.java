package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.I2c;
import org.kerbside.drivers.api.Line;

/**
 * What goes over a chip's wire while a person looks on, written down as a trace has it: {@code >}
 * ours, {@code <} the chip's, nothing behind it where it does not answer. For the bus's thread.
 */
final class Overheard {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");
  private static final int MOST = 200; // lines

  private @Nullable List<String> talk; // while somebody looks on

  void begin() {
    talk = new ArrayList<>();
  }

  /** What was said since. */
  List<String> end() {
    var said = talk;
    talk = null;
    return said == null ? List.of() : said;
  }

  I2c over(I2c wire) {
    return (written, wanted) -> {
      say(">", written);
      try {
        byte[] answer = wire.exchange(written, wanted);
        say("<", answer);
        return answer;
      } catch (NoAnswer nobody) {
        say("<");
        throw nobody;
      }
    };
  }

  Line over(Line line) {
    return new Line() {
      @Override
      public void write(byte[] telegram) throws Unavailable {
        say(">", telegram);
        line.write(telegram);
      }

      @Override
      public byte[] read(Duration patience) throws Unavailable, InterruptedException {
        byte[] came = line.read(patience);
        if (!patience.isZero()) { // else it is only dropped
          say("<", came);
        }
        return came;
      }

      @Override
      public void close() {
        line.close();
      }
    };
  }

  private void say(String mark, byte[] bytes) {
    if (bytes.length > 0) {
      say("%s %s".formatted(mark, HEX.formatHex(bytes)));
    }
  }

  private void say(String told) {
    if (talk != null && talk.size() < MOST) {
      talk.add(told);
    }
  }
}
