package org.kerbside.drivers.sht31;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.Crc8;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.I2c;
import org.kerbside.drivers.api.PolledSensor;
import org.kerbside.drivers.api.Quantity;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.api.Time;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/**
 * Sensirion SHT31: temperature and humidity of the air. Commands, times and formulas are of the
 * data sheet SHT3x-DIS, chapters 4 and 2.
 */
public final class Sht31 implements PolledSensor {

  /** As a site names it. */
  public static final Chip.OnI2c<Section> CHIP =
      new Chip.OnI2c<>(
          List.of(0x44, 0x45),
          _ ->
              new Chip.Fitting<>(
                  List.of(
                      Quantity.number("temperature", Unit.CELSIUS),
                      Quantity.number("humidity", Unit.HUMIDITY)),
                  Duration.ofSeconds(30),
                  Sht31::new));

  private static final Duration MEASURING = Duration.ofMillis(20); // at most 15.5 ms, 2.4 V and up
  private static final int LENGTH = 6; // bytes: two words, each with its checksum
  private static final double FULL = 0xFFFF;

  private static final List<Sample> WARM =
      List.of(
          Sample.bad("temperature", Reason.WARMING_UP), Sample.bad("humidity", Reason.WARMING_UP));

  private final I2c chip;
  private final Time time;
  private final Heater heater = new Heater();

  public Sht31(I2c chip, Time time) {
    this.chip = chip;
    this.time = time;
  }

  @Override
  public List<Sample> read() throws DeviceException, InterruptedException {
    if (heater.next(time.now()) == Heater.Step.SWITCH_OFF) {
      chip.write(0x30, 0x66);
      heater.switchedOff();
    }
    return switch (heater.next(time.now())) {
      case MEASURE -> measured();
      case SWITCH_ON -> heated();
      case SWITCH_OFF, WAIT -> WARM;
    };
  }

  private List<Sample> heated() throws DeviceException {
    chip.write(0x30, 0x6D);
    heater.switchedOn(time.now());
    return WARM;
  }

  private List<Sample> measured() throws DeviceException, InterruptedException {
    chip.write(0x24, 0x00); // one measurement, high repeatability, no clock stretching
    time.pause(MEASURING);
    byte[] answer = chip.read(LENGTH);
    double temperature = 175 * word(answer, 0) / FULL - 45;
    double humidity = 100 * word(answer, 3) / FULL;
    heater.measured(humidity, time.now());
    return List.of(Sample.of("temperature", temperature, Unit.CELSIUS), humid(humidity));
  }

  /** At its very top it is wet, or was and has not dried: it does not come down by itself. */
  private static Sample humid(double humidity) {
    var sample = Sample.of("humidity", humidity, Unit.HUMIDITY);
    return humidity >= Heater.TOP ? sample.doubted(Reason.CONDENSATION) : sample;
  }

  private static int word(byte[] answer, int at) throws BadTelegram {
    int word = (answer[at] & 0xFF) << 8 | (answer[at + 1] & 0xFF);
    int sum = Crc8.of(word);
    if ((answer[at + 2] & 0xFF) != sum) {
      throw new BadTelegram(
          "sht31: the checksum of '%s' is wrong: expected %02x behind %04x; look at the bus's wires"
              .formatted(HexFormat.ofDelimiter(" ").formatHex(answer), sum, word));
    }
    return word;
  }
}
