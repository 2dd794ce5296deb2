package org.kerbside.drivers.ze03;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.Line;
import org.kerbside.drivers.api.PolledSensor;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.api.Time;
import org.kerbside.drivers.api.Window;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/**
 * Winsen ZE03 and ZE08: one gas by an electrochemical cell, asked (ZE03 manual V2.0, ZE07-CH2O
 * manual, tables 5 to 8). The layout of an answer differs by model; no module was at hand.
 */
public final class Ze03 implements PolledSensor {

  private static final int MODE = 0x78; // commands
  private static final int READ = 0x86;
  private static final int LENGTH = 9; // bytes of every telegram
  private static final int WINDOW = 6 * LENGTH; // ours once more, its own unasked ones
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final Duration SETTLING = Duration.ofMillis(100);

  private final Line line;
  private final Time time;
  private final Settings settings;

  // When it answered first after a silence: it has power since then, at least.
  private @Nullable Duration since;
  private boolean isReady; // it is in the mode that answers, as far as we know

  /**
   * What a site says of one.
   *
   * @param gas its quantity, {@code nh3} or {@code h2s}
   * @param at where the count stands in an answer, in bytes
   * @param step ppm that one count is
   * @param mode what follows the command for the mode that answers
   * @param warmUp it says nothing of use for so long after it has got power
   */
  record Settings(String gas, int at, double step, int mode, Duration warmUp) {}

  Ze03(Line line, Time time, Settings settings) {
    this.line = line;
    this.time = time;
    this.settings = settings;
  }

  @Override
  public List<Sample> read() throws DeviceException, InterruptedException {
    if (!isReady) {
      line.write(telegram(MODE, settings.mode()));
      time.pause(SETTLING);
    }
    var window = Window.open(line, time, PATIENCE, WINDOW);
    line.write(telegram(READ, 0));
    var count = count(window);
    isReady = count != null;
    if (count == null) {
      throw unread(window);
    }
    return List.of(sample(count));
  }

  private Sample sample(int count) {
    var now = time.now();
    var first = since == null ? now : since;
    since = first;
    return now.minus(first).compareTo(settings.warmUp()) < 0
        ? Sample.bad(settings.gas(), Reason.WARMING_UP)
        : Sample.of(settings.gas(), Unit.scaled(count, settings.step()), Unit.PPM);
  }

  private @Nullable Integer count(Window window) throws DeviceException, InterruptedException {
    while (window.grow()) {
      for (int start = 0; start + LENGTH <= window.length(); start++) {
        if (window.at(start) == 0xFF && window.at(start + 1) == READ && addsUp(window, start)) {
          int at = start + settings.at();
          return window.at(at) << 8 | window.at(at + 1);
        }
      }
    }
    return null;
  }

  private DeviceException unread(Window window) {
    if (window.length() > 0) {
      return new BadTelegram("no answer in '%s': expected ff 86, count, …, sum".formatted(window));
    }
    since = null; // It may have no power.
    return new NoAnswer("nothing came within %d s".formatted(PATIENCE.toSeconds()));
  }

  /** Its last byte makes the sum of all but the first zero. */
  private static boolean addsUp(Window window, int start) {
    int sum = 0;
    for (int i = 1; i < LENGTH; i++) {
      sum += window.at(start + i);
    }
    return (sum & 0xFF) == 0;
  }

  /** {@code ff 01}, the command, what belongs to it, zeros, sum. */
  private static byte[] telegram(int command, int value) {
    int sum = -(0x01 + command + value);
    return new byte[] {(byte) 0xFF, 0x01, (byte) command, (byte) value, 0, 0, 0, 0, (byte) sum};
  }
}
