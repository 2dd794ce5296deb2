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

  default void write(int... bytes) throws DeviceException {
    exchange(telegram(bytes), 0);
  }

  /** Reads, having named the register first where there is one. */
  default byte[] read(int wanted, int... register) throws DeviceException {
    return exchange(telegram(register), wanted);
  }

  private static byte[] telegram(int... bytes) {
    byte[] telegram = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      telegram[i] = (byte) bytes[i];
    }
    return telegram;
  }
}
