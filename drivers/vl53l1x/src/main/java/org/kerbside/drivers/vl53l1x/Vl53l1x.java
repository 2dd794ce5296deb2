package org.kerbside.drivers.vl53l1x;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.I2c;
import org.kerbside.drivers.api.PolledSensor;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.api.Time;
import org.kerbside.gateway.model.Unit;

/**
 * ST VL53L1X: distance by the time that light takes. Registers as ST's UM2510 and its application
 * programming interface name them; not tried on a chip.
 */
public final class Vl53l1x implements PolledSensor {

  /** As a site names it. */
  public static final Chip.OnI2c<Section> CHIP =
      new Chip.OnI2c<>(List.of(0x29), FirstSettings::fitting);

  private static final int FIRST_SETTING = 0x002D; // registers, of 16 bits
  private static final int INTERRUPT_POLARITY = 0x0030;
  private static final int INTERRUPT = 0x0031;
  private static final int INTERRUPT_CLEAR = 0x0086;
  private static final int START = 0x0087;
  private static final int RANGE_STATUS = 0x0089;
  private static final int RANGE = 0x0096;
  private static final int FIRMWARE = 0x00E5;
  private static final int MODEL = 0x010F;

  private static final int VL53L1X = 0xEACC;
  private static final int ACTIVE_HIGH = 0x10; // cleared when the pin is
  private static final int RANGING = 0x40;

  private static final Duration STEP = Duration.ofMillis(10);
  private static final int LOOKS = 50; // half a second: the longest timing budget

  private final I2c chip;
  private final Time time;
  private final byte[] settings;

  private boolean isSet; // it has its first settings, as far as we know

  /**
   * Asks nothing yet.
   *
   * @param settings the maker's, from register 0x2D on
   */
  Vl53l1x(I2c chip, Time time, byte[] settings) {
    this.chip = chip;
    this.time = time;
    this.settings = settings.clone();
  }

  @Override
  public List<Sample> read() throws DeviceException, InterruptedException {
    if (!isSet) {
      set();
    }
    isSet = false; // until it has measured: who fails may have been reset
    write(INTERRUPT_CLEAR, 1);
    write(START, RANGING);
    await("measured", this::isMeasured);
    int status = read(RANGE_STATUS);
    int distance = read(RANGE) << 8 | read(RANGE + 1);
    write(START, 0);
    isSet = true;
    var reason = Status.reason(status);
    return List.of(
        reason == null
            ? Sample.of("distance", distance, Unit.MILLIMETRE)
            : Sample.bad("distance", reason));
  }

  private void set() throws DeviceException, InterruptedException {
    int model = read(MODEL) << 8 | read(MODEL + 1);
    if (model != VL53L1X) {
      throw new Refused(
          "vl53l1x: its model is %04x, expected %04x: another chip".formatted(model, VL53L1X));
    }
    await("booted", () -> (read(FIRMWARE) & 1) == 1);
    byte[] telegram = Arrays.copyOf(address(FIRST_SETTING), 2 + settings.length);
    System.arraycopy(settings, 0, telegram, 2, settings.length);
    chip.exchange(telegram, 0);
  }

  private boolean isMeasured() throws DeviceException {
    boolean activeHigh = (read(INTERRUPT_POLARITY) & ACTIVE_HIGH) == 0;
    return ((read(INTERRUPT) & 1) == 1) == activeHigh;
  }

  /** Something that the chip says in the end. */
  private interface Condition {
    boolean holds() throws DeviceException;
  }

  private void await(String what, Condition condition)
      throws DeviceException, InterruptedException {
    for (int looks = 0; looks < LOOKS; looks++) {
      if (condition.holds()) {
        return;
      }
      time.pause(STEP);
    }
    throw new NoAnswer(
        "vl53l1x: it has not %s within %d ms".formatted(what, STEP.toMillis() * LOOKS));
  }

  private void write(int register, int value) throws DeviceException {
    chip.write(register >> 8, register & 0xFF, value);
  }

  private int read(int register) throws DeviceException {
    return chip.exchange(address(register), 1)[0] & 0xFF;
  }

  private static byte[] address(int register) {
    return new byte[] {(byte) (register >> 8), (byte) register};
  }
}
