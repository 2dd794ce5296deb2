package org.kerbside.drivers.api;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A model of chip or wired device as its folder offers it to a board's bus.
 *
 * @param <S> what a site says of it: a profile's section, which nobody here knows
 */
public sealed interface Chip<S> {

  /**
   * One on an I²C bus.
   *
   * @param addresses of seven bits that its pins can be set to, the usual one first
   */
  record OnI2c<S>(List<Integer> addresses, Reader<S, I2c> reader) implements Chip<S> {
    public OnI2c {
      addresses = List.copyOf(addresses);
    }
  }

  /**
   * One that has a serial line for itself.
   *
   * @param settings of the line as the maker ships it
   */
  record OnLine<S>(LineSettings settings, Reader<S, Line> reader) implements Chip<S> {}

  /**
   * Reads the settings that only this chip has.
   *
   * @param <W> the wire that it hangs on
   */
  @FunctionalInterface
  interface Reader<S, W> {

    /**
     * What is everybody's ({@code profile}, {@code driver}, {@code chip}, {@code read}) it leaves
     * to the bus, which afterwards refuses what nobody has read.
     *
     * @return null when a mistake was told
     */
    @Nullable Fitting<W> read(S profile);
  }

  /**
   * A chip with its settings.
   *
   * @param quantities that it measures, each by another name
   * @param every how often it is asked where nobody says otherwise
   * @param maker of its sensor
   */
  record Fitting<W>(List<Quantity> quantities, Duration every, Maker<W> maker) {
    public Fitting {
      quantities = List.copyOf(quantities);
    }
  }

  /** Makes the sensor on an open wire; touches nothing yet. */
  @FunctionalInterface
  interface Maker<W> {
    PolledSensor on(W wire, Time time);
  }
}
