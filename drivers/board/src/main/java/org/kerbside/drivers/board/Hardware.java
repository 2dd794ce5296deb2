package org.kerbside.drivers.board;

import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.I2c;

/**
 * What the board has. What it opens may go native: a platform thread's business, of one thread
 * each.
 */
interface Hardware {

  /** Opens what is on or off; nothing is driven before it is asked for. */
  Pins open(Place.Lines lines) throws Unavailable;

  /** Opens one device's way on an I²C bus. */
  I2cDevice open(Place.I2cBus bus, int address) throws Unavailable;

  /** A device on an I²C bus, held open. */
  interface I2cDevice extends I2c, AutoCloseable {
    @Override
    void close();
  }
}
