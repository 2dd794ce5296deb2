package org.kerbside.drivers.board;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/**
 * The channels of a PWM chip by the kernel's files. A channel is never switched off between two
 * levels: the lamp behind it would blink.
 */
final class SysfsPwm implements Pins {

  private final Path chip;
  private final List<Integer> taken = new ArrayList<>();

  /**
   * @param chip its folder, as {@code /sys/class/pwm/pwmchip0}
   */
  SysfsPwm(Path chip) {
    this.chip = chip;
  }

  @Override
  public Input input(int line, Pull pull, Consumer<Level> edges) throws Unavailable {
    throw new Unavailable("%s: a PWM channel cannot be read".formatted(chip));
  }

  @Override
  public Output output(int line, Duration period, double share) throws Unavailable {
    var channel = chip.resolve("pwm" + line);
    if (!Files.exists(channel)) {
      write(chip.resolve("export"), line);
    }
    taken.add(line);
    long whole = period.toNanos();
    // A period shorter than the duty that is there would be refused.
    write(channel.resolve("duty_cycle"), 0);
    write(channel.resolve("period"), whole);
    Output output = wanted -> write(channel.resolve("duty_cycle"), Math.round(wanted * whole));
    output.drive(share);
    write(channel.resolve("enable"), 1);
    return output;
  }

  private static void write(Path file, long number) throws Unavailable {
    try {
      Files.writeString(file, Long.toString(number));
    } catch (IOException refused) {
      throw new Unavailable(
          "%s does not take %d: %s".formatted(file, number, refused.getMessage()));
    }
  }

  /** The channels go on as they are: what is safe was written before. */
  @Override
  public void close() {
    taken.clear();
  }
}
