package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Text;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.LineSettings;

/**
 * What a site says of one thing on the board: {@code { driver: board, pins: pinctrl-rp1 }}, {@code
 * pwm: …}, {@code i2c: 1} or {@code serial: /dev/ttyAMA2}.
 */
public final class BoardBus {

  private static final List<String> THINGS = List.of("pins", "pwm", "i2c", "serial");
  private static final int MOST_I2C = 255;
  private static final Duration LEAST_EVERY = Duration.ofMillis(100);
  private static final Duration MOST_EVERY = Duration.ofDays(1);
  private static final int RETRIES = 2;
  private static final int MOST_RETRIES = 10;

  private final Text name;
  private final Place place;
  private final @Nullable Duration every;
  private final int retries;

  private BoardBus(Text name, Place place, @Nullable Duration every, int retries) {
    this.name = name;
    this.place = place;
    this.every = every;
    this.retries = retries;
  }

  /** Null when a mistake was told. */
  public static @Nullable BoardBus read(BusConfig bus, Mistakes mistakes) {
    long before = mistakes.errors();
    var own = bus.own();
    own.text("driver"); // read by whoever chose us
    var place = place(own);
    var every = every(own);
    var retry = Whole.read(own, "retry", 0, MOST_RETRIES);
    own.refuseOthers("a board bus");
    return place == null || mistakes.errors() > before
        ? null
        : new BoardBus(bus.name(), place, every, retry == null ? RETRIES : retry);
  }

  /** Tells of a second bus of pins: the library holds one chip a process. */
  public static void checkTogether(List<BusConfig> buses, Mistakes mistakes) {
    var pins =
        buses.stream()
            .filter(bus -> bus.driver().text().equals("board") && bus.own().has("pins"))
            .toList();
    for (var second : pins.stream().skip(1).toList()) {
      mistakes.add(
          second.own().markOf("pins"),
          "E204",
          "'%s' has the pins of a second chip beside '%s'"
              .formatted(second.name(), pins.getFirst().name()),
          "one chip a gateway: put all pins on one bus");
    }
  }

  private static @Nullable Place place(Section own) {
    var things = THINGS.stream().filter(own::has).toList();
    if (things.size() != 1) {
      things.forEach(own::node);
      own.mistakes()
          .add(
              things.isEmpty() ? own.mark() : own.markOf(things.get(1)),
              things.isEmpty() ? "E001" : "E104",
              things.isEmpty()
                  ? "this bus does not say which thing of the board it is"
                  : "'%s' is a bus of its own beside '%s'"
                      .formatted(things.get(1), things.getFirst()),
              things.isEmpty()
                  ? "add pins: pinctrl-rp1, pwm: 1f00098000.pwm, i2c: 1 or serial: /dev/ttyAMA2"
                  : "write one bus for each");
      return null;
    }
    return switch (things.getFirst()) {
      case "pins" -> new Place.Header(label(own, "pins"));
      case "pwm" -> new Place.Pwm(label(own, "pwm"));
      case "i2c" -> {
        var number = Whole.read(own, "i2c", 0, MOST_I2C);
        yield number == null ? null : new Place.I2cBus(number);
      }
      default -> uart(own);
    };
  }

  /** A number would be another chip after the next update of the kernel. */
  private static String label(Section own, String key) {
    var text = own.text(key);
    if (text != null && text.text().matches("(gpiochip|pwmchip|/dev/.*)?\\d*")) {
      own.mistakes()
          .add(
              text.mark(),
              "E104",
              "'%s' is a number, which moves from kernel to kernel".formatted(text),
              key.equals("pins")
                  ? "write the chip's label, as gpiodetect shows it: pinctrl-rp1"
                  : "write its device, as ls -l /sys/class/pwm shows it: 1f00098000.pwm");
    }
    return text == null ? "" : text.text();
  }

  private static @Nullable Place uart(Section own) {
    var port = own.text("serial");
    var line = own.text("line");
    var settings = line == null ? null : LineSettings.of(line.text());
    if (line != null && settings == null) {
      own.mistakes()
          .add(
              line.mark(),
              "E104",
              "'%s' are no settings of a serial line".formatted(line),
              "write baud, bits, parity and stop bits, as 9600 8N1 or 19200 8E1");
    }
    return port == null ? null : new Place.Uart(port.text(), settings);
  }

  /** The pace of a bus or a profile; null when it is missing. */
  static @Nullable Duration every(Section own) {
    var written = own.duration("every");
    if (written != null
        && (written.compareTo(LEAST_EVERY) < 0 || written.compareTo(MOST_EVERY) > 0)) {
      own.mistakes()
          .add(
              own.markOf("every"),
              "E103",
              "'every' is out of range",
              "write 100ms to 1 day, as 10s");
    }
    return written;
  }

  /**
   * Tells of what is wrong with its devices.
   *
   * @param chips that are installed, by the name that a profile writes
   */
  public void check(List<Device> devices, Map<String, Chip<Section>> chips, Mistakes mistakes) {
    switch (place) {
      case Place.Lines lines -> new LineCheck(lines, mistakes).check(devices);
      case Place.Wires wires -> new ChipCheck(wires, chips, mistakes).check(devices);
    }
  }

  public Place place() {
    return place;
  }

  String name() {
    return name.text();
  }

  /** How often something is told or asked; absent where the devices have their own pace. */
  @Nullable Duration every() {
    return every;
  }

  /** Tries of a poll that nobody answers, beyond the first. */
  int retries() {
    return retries;
  }
}
