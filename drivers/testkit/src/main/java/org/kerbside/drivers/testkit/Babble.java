package org.kerbside.drivers.testkit;

import java.time.Duration;
import java.util.Arrays;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.I2c;
import org.kerbside.drivers.api.Line;
import org.kerbside.drivers.api.Time;

/**
 * A device that says these bytes, whatever it is asked, until it has no more: for tests that know
 * no talk. For one thread.
 */
public final class Babble implements I2c, Line, Time {

  private final byte[] bytes;
  private final int most;
  private int said;
  private Duration now = Duration.ZERO;

  private Babble(byte[] bytes, int most) {
    this.bytes = bytes.clone();
    this.most = most;
  }

  /** All of it at once, as far as it is asked for. */
  public static Babble of(byte[] bytes) {
    return new Babble(bytes, Integer.MAX_VALUE);
  }

  /** On a line byte after byte. */
  public static Babble slowly(byte[] bytes) {
    return new Babble(bytes, 1);
  }

  @Override
  public byte[] exchange(byte[] written, int wanted) throws NoAnswer {
    if (said + wanted > bytes.length) {
      throw new NoAnswer("it has nothing more to say");
    }
    return next(wanted);
  }

  @Override
  public void write(byte[] telegram) {}

  @Override
  public byte[] read(Duration patience) {
    if (patience.isZero() || said == bytes.length) {
      now = now.plus(patience);
      return new byte[0];
    }
    return next(Math.min(most, bytes.length - said));
  }

  private byte[] next(int count) {
    byte[] next = Arrays.copyOfRange(bytes, said, said + count);
    said += count;
    return next;
  }

  @Override
  public Duration now() {
    return now;
  }

  @Override
  public void pause(Duration length) {
    now = now.plus(length);
  }

  @Override
  public void close() {}
}
