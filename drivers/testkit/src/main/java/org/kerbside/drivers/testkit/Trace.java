package org.kerbside.drivers.testkit;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.I2c;
import org.kerbside.drivers.api.Line;
import org.kerbside.drivers.api.Time;

/**
 * A recorded talk that plays the device: {@code >} what the driver must write, {@code <} what the
 * device answers then, nothing behind it for a device that does not, {@code ~} for how long the
 * driver must wait at least before it goes on, {@code ~ 15.5 ms}. No time passes but what is waited
 * for. For one thread.
 */
public final class Trace implements I2c, Line, Time {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final Deque<String> script;
  private Duration now = Duration.ZERO;
  private Duration waited = Duration.ZERO; // since the last line of the talk

  private Trace(List<String> lines) {
    script = new ArrayDeque<>(lines);
  }

  /** Its lines; other marks are not part of the talk. */
  public static Trace of(String... lines) {
    return of(List.of(lines));
  }

  public static Trace of(List<String> lines) {
    return new Trace(lines.stream().map(String::strip).filter(Trace::isTalk).toList());
  }

  static boolean isTalk(String line) {
    return line.matches("[<>~].*");
  }

  /**
   * A serial line on which these bytes come, piece by piece, and then nothing.
   *
   * @param asked what the driver writes before
   */
  public static Trace coming(List<byte[]> pieces, String... asked) {
    var lines = new ArrayList<>(List.of(asked));
    pieces.forEach(piece -> lines.add("< " + HEX.formatHex(piece)));
    return of(lines);
  }

  /** Bytes as a trace writes them, blanks as one likes. */
  public static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replace(" ", ""));
  }

  /** What of the talk has not been said. */
  public List<String> left() {
    return new ArrayList<>(script);
  }

  @Override
  public void write(byte[] telegram) {
    var expected = next('>');
    var got = HEX.formatHex(telegram);
    if (!got.equals(HEX.formatHex(bytes(expected)))) {
      throw new AssertionError("the driver wrote '%s', expected '%s'".formatted(got, expected));
    }
    waited = Duration.ZERO;
  }

  @Override
  public byte[] exchange(byte[] written, int wanted) throws NoAnswer {
    if (written.length > 0) {
      write(written);
      if (isNext("<") && script.getFirst().equals("<")) {
        next('<');
        throw nobody();
      }
    }
    return wanted == 0 ? new byte[0] : answer(wanted);
  }

  private byte[] answer(int wanted) throws NoAnswer {
    byte[] answer = bytes(next('<'));
    waited = Duration.ZERO;
    if (answer.length == 0) {
      throw nobody();
    }
    if (answer.length != wanted) {
      throw new AssertionError(
          "the driver wants %d bytes, the trace has '%s'".formatted(wanted, HEX.formatHex(answer)));
    }
    return answer;
  }

  private static NoAnswer nobody() {
    return new NoAnswer("nobody acknowledges");
  }

  /** Nothing is here before its time; then a line of the trace at once. */
  @Override
  public byte[] read(Duration patience) {
    if (patience.isZero() || !isNext("<")) {
      now = now.plus(patience);
      waited = waited.plus(patience);
      return new byte[0];
    }
    waited = Duration.ZERO;
    return bytes(next('<'));
  }

  private boolean isNext(String mark) {
    return !script.isEmpty() && script.getFirst().startsWith(mark);
  }

  private String next(char mark) {
    while (isNext("~")) {
      var least = millis(script.removeFirst().substring(1).strip());
      if (waited.compareTo(least) < 0) {
        throw new AssertionError("the driver waited %s, expected %s".formatted(waited, least));
      }
    }
    if (!isNext(String.valueOf(mark))) {
      throw new AssertionError(
          "the driver goes on with '%s', the trace with %s".formatted(mark, script.peekFirst()));
    }
    return script.removeFirst().substring(1).strip();
  }

  private static Duration millis(String written) {
    double millis = Double.parseDouble(written.substring(0, written.indexOf(" ms")));
    return Duration.ofNanos(Math.round(millis * 1e6));
  }

  @Override
  public Duration now() {
    return now;
  }

  @Override
  public void pause(Duration length) {
    now = now.plus(length);
    waited = waited.plus(length);
  }

  @Override
  public void close() {}
}
