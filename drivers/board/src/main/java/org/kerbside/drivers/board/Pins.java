package org.kerbside.drivers.board;

import java.time.Duration;
import java.util.function.Consumer;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/**
 * The lines of one chip, open. Belongs to its bus's thread, where a call may go native; what goes
 * wrong ends it.
 */
interface Pins extends AutoCloseable {

  /** A line that is read. */
  interface Input {
    /** Asked of the chip, not remembered. */
    Level level() throws Unavailable;
  }

  /** A line that is driven. */
  interface Output {

    /**
     * Drives it from now on.
     *
     * @param share of the time that it is high: 0 or 1, and between where the chip can
     */
    void drive(double share) throws Unavailable;
  }

  /**
   * Takes a line to be read.
   *
   * @param edges hears each change, on a thread of the adapter's; must return at once
   */
  Input input(int line, Pull pull, Consumer<Level> edges) throws Unavailable;

  /**
   * Takes a line to be driven; it is never driven to anything before {@code share}.
   *
   * @param period of a channel that can be high for a part of it
   */
  Output output(int line, Duration period, double share) throws Unavailable;

  /** Gives every line back. */
  @Override
  void close();
}
