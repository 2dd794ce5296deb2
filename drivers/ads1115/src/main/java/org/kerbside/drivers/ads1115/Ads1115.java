package org.kerbside.drivers.ads1115;

import java.time.Duration;
import java.util.ArrayList;
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

/**
 * TI ADS1115: a voltage at each of four inputs, here that of a transmitter's 4 to 20 mA across a
 * shunt. Registers and bits are of the data sheet SBAS444, chapter 8.
 */
public final class Ads1115 implements PolledSensor {

  /** As a site names it. */
  public static final Chip.OnI2c<Section> CHIP =
      new Chip.OnI2c<>(List.of(0x48, 0x49, 0x4A, 0x4B), InputReader::read);

  private static final int CONVERSION = 0x00; // registers
  private static final int CONFIG = 0x01;
  private static final int START = 1 << 15; // written: convert once; read: not at work
  private static final int AGAINST_GROUND = 0b100 << 12;
  private static final int ONCE = 1 << 8;
  private static final int RATE_128 = 0b100 << 5; // a second
  private static final int NO_COMPARATOR = 0b11;

  private static final Duration CONVERTING = Duration.ofMillis(9); // 1/128 s, 10 % slow at most
  private static final Duration STEP = Duration.ofMillis(1);
  private static final int LOOKS = 10;

  private final I2c chip;
  private final Time time;
  private final List<Input> inputs;

  Ads1115(I2c chip, Time time, List<Input> inputs) {
    this.chip = chip;
    this.time = time;
    this.inputs = List.copyOf(inputs);
  }

  @Override
  public List<Sample> read() throws DeviceException, InterruptedException {
    var samples = new ArrayList<Sample>();
    for (var input : inputs) {
      convert(config(input));
      samples.add(input.sample(word(CONVERSION)));
    }
    return samples;
  }

  private static int config(Input input) {
    int gain = input.span().bits() << 9;
    return AGAINST_GROUND | input.channel() << 12 | gain | ONCE | RATE_128 | NO_COMPARATOR;
  }

  /** Nothing on this bus has a checksum: what was asked for must at least stand there again. */
  private void convert(int config) throws DeviceException, InterruptedException {
    int started = START | config;
    chip.write(CONFIG, started >> 8, started & 0xFF);
    time.pause(CONVERTING);
    int seen = word(CONFIG);
    for (int looks = 1; (seen & START) == 0 && looks < LOOKS; looks++) {
      time.pause(STEP);
      seen = word(CONFIG);
    }
    if ((seen & START) == 0) {
      throw new NoAnswer("ads1115: it does not end to convert: its config is %04x".formatted(seen));
    }
    if (seen != started) {
      throw new Refused(
          "ads1115: its config is %04x, expected %04x: it was reset, or is another chip"
              .formatted(seen, started));
    }
  }

  private int word(int register) throws DeviceException {
    byte[] word = chip.read(2, register);
    return (word[0] & 0xFF) << 8 | (word[1] & 0xFF);
  }
}
