package org.kerbside.drivers.sht4x;

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
 * Sensirion SHT40, SHT41, SHT45: temperature and humidity of the air. Commands, times and formulas
 * are of the data sheet SHT4x, chapters 4 and 2. It has the address of SHT31 and another formula:
 * which of them is there the site says, nobody can tell by asking.
 */
public final class Sht4x implements PolledSensor {

  /** As a site names it. */
  public static final Chip.OnI2c<Section> CHIP =
      new Chip.OnI2c<>(
          List.of(0x44, 0x45, 0x46),
          _ ->
              new Chip.Fitting<>(
                  List.of(
                      Quantity.number("temperature", Unit.CELSIUS),
                      Quantity.number("humidity", Unit.HUMIDITY)),
                  Duration.ofSeconds(30),
                  Sht4x::new));

  private static final int MEASURE = 0xFD; // at high precision
  private static final Duration MEASURING = Duration.ofMillis(10); // at most 8.3 ms
  private static final int LENGTH = 6; // bytes: two words, each with its checksum
  private static final double FULL = 0xFFFF;

  private final I2c chip;
  private final Time time;

  public Sht4x(I2c chip, Time time) {
    this.chip = chip;
    this.time = time;
  }

  @Override
  public List<Sample> read() throws DeviceException, InterruptedException {
    chip.write(MEASURE);
    time.pause(MEASURING);
    byte[] answer = chip.read(LENGTH);
    double temperature = 175 * word(answer, 0) / FULL - 45;
    double humidity = 125 * word(answer, 3) / FULL - 6;
    return List.of(Sample.of("temperature", temperature, Unit.CELSIUS), humid(humidity));
  }

  /** Beyond both ends the formula goes on, and the air does not. */
  private static Sample humid(double told) {
    var sample = Sample.of("humidity", Math.clamp(told, 0, 100), Unit.HUMIDITY);
    return told >= 100 ? sample.doubted(Reason.CONDENSATION) : sample;
  }

  private static int word(byte[] answer, int at) throws BadTelegram {
    int word = (answer[at] & 0xFF) << 8 | (answer[at + 1] & 0xFF);
    int sum = Crc8.of(word);
    if ((answer[at + 2] & 0xFF) != sum) {
      throw new BadTelegram(
          "sht4x: the checksum of '%s' is wrong: expected %02x behind %04x; look at the bus's wires"
              .formatted(HexFormat.ofDelimiter(" ").formatHex(answer), sum, word));
    }
    return word;
  }
}
