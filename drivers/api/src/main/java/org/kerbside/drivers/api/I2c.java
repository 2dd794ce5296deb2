package org.kerbside.drivers.api;

/**
 * One device on an I²C bus, at its address. Blocks while the bus is at work; used by the bus's
 * thread alone. Not answering is {@link DeviceException.NoAnswer}, a bus that is gone {@link
 * DeviceException.Unavailable}.
 */
@FunctionalInterface
public interface I2c {

  /**
   * Writes, then reads with no stop between (UM10204 3.1.10, a repeated start), so that nobody else
   * gets the bus meanwhile. What is empty is left out: nothing written is a plain read, nothing
   * wanted a plain write.
   *
   * @param wanted bytes; exactly so many come back
   */
  byte[] exchange(byte[] written, int wanted) throws DeviceException;

  default void write(byte... bytes) throws DeviceException {
    exchange(bytes, 0);
  }

  default byte[] read(int wanted) throws DeviceException {
    return exchange(new byte[0], wanted);
  }
}
