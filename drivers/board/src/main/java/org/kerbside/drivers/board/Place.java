package org.kerbside.drivers.board;

import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.LineSettings;

/** The one thing of the board that a bus is. */
public sealed interface Place {

  /** What is on or off, or high for a part of the time. */
  sealed interface Lines extends Place {}

  /** What chips are asked over. */
  sealed interface Wires extends Place {}

  /**
   * The pins of a GPIO chip.
   *
   * @param label as the chip tells it itself: its number moves from kernel to kernel
   */
  record Header(String label) implements Lines {
    @Override
    public String toString() {
      return "the pins of '%s'".formatted(label);
    }
  }

  /**
   * The channels of a PWM chip.
   *
   * @param label of the device that it is of, as {@code 1f00098000.pwm}
   */
  record Pwm(String label) implements Lines {
    @Override
    public String toString() {
      return "the channels of '%s'".formatted(label);
    }
  }

  /**
   * An I²C bus.
   *
   * @param number as in {@code /dev/i2c-1}
   */
  record I2cBus(int number) implements Wires {
    @Override
    public String toString() {
      return "/dev/i2c-%d".formatted(number);
    }
  }

  /**
   * A serial port with one device.
   *
   * @param settings absent where the device has its maker's
   */
  record Uart(String port, @Nullable LineSettings settings) implements Wires {
    @Override
    public String toString() {
      return port;
    }
  }
}
