package org.kerbside.drivers.modbus;

import java.io.IOException;
import java.time.Duration;

/**
 * Bytes out and bytes in: a serial port or a socket, open. Used by the bus's thread alone; what
 * goes wrong ends it.
 */
interface Line extends AutoCloseable {

  void write(byte[] telegram) throws IOException;

  /** What has come, waiting at most so long for the first byte; empty when none did. */
  byte[] read(Duration patience) throws IOException, InterruptedException;

  @Override
  void close();
}
