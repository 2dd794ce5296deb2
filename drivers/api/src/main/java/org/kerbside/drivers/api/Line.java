package org.kerbside.drivers.api;

import java.time.Duration;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/**
 * Bytes out and bytes in: a serial port or a socket, open. Used by one thread; what goes wrong ends
 * it, and whoever opened it opens another.
 */
public interface Line extends AutoCloseable {

  void write(byte[] telegram) throws Unavailable;

  /**
   * What has come, waiting at most so long for the first byte; empty when none did.
   *
   * @param patience of zero asks for what is here already
   */
  byte[] read(Duration patience) throws Unavailable, InterruptedException;

  /** Drops what has come so far: what a device said a while ago it does not say now. */
  default void drop() throws Unavailable, InterruptedException {
    for (int reads = 0; reads < 100 && read(Duration.ZERO).length > 0; reads++) {
      // A line that is never silent is no reason never to listen.
    }
  }

  @Override
  void close();
}
