package org.kerbside.drivers.api;

import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/**
 * What has come on a line since it was opened, up to a limit of bytes and of time. In which pieces
 * it came it does not tell. For one thread.
 */
public final class Window {

  private final Line line;
  private final Time time;
  private final Duration end;
  private final int most;
  private byte[] bytes = new byte[0];

  private Window(Line line, Time time, Duration end, int most) {
    this.line = line;
    this.time = time;
    this.end = end;
    this.most = most;
  }

  /**
   * Opens an empty one: what came before is dropped.
   *
   * @param patience for all of it
   * @param most bytes
   */
  public static Window open(Line line, Time time, Duration patience, int most)
      throws Unavailable, InterruptedException {
    line.drop();
    return new Window(line, time, time.now().plus(patience), most);
  }

  /** Waits for more; false when there is no more room or time. */
  public boolean grow() throws Unavailable, InterruptedException {
    var left = end.minus(time.now());
    if (bytes.length == most || !left.isPositive()) {
      return false;
    }
    byte[] more = line.read(left);
    int before = bytes.length;
    bytes = Arrays.copyOf(bytes, Math.min(most, before + more.length));
    System.arraycopy(more, 0, bytes, before, bytes.length - before);
    return more.length > 0;
  }

  /** In bytes. */
  public int length() {
    return bytes.length;
  }

  /** The byte at a place, 0 to 255. */
  public int at(int place) {
    return bytes[place] & 0xFF;
  }

  /** Every byte in hex, as a data sheet prints them. */
  @Override
  public String toString() {
    return HexFormat.ofDelimiter(" ").formatHex(bytes);
  }
}
