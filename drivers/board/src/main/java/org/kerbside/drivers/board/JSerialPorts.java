package org.kerbside.drivers.board;

import java.io.IOException;
import java.nio.file.Path;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Line;
import org.kerbside.drivers.api.LineSettings;
import org.kerbside.drivers.api.SerialPorts;

/** The serial ports of this machine by jSerialComm. Thread-safe; a line is its opener's. */
public final class JSerialPorts implements SerialPorts {

  private final Path folder;
  private boolean unpacked; // guarded by this

  /**
   * Opens nothing yet.
   *
   * @param folder of ours, for what ports need of native code
   */
  public JSerialPorts(Path folder) {
    this.folder = folder;
  }

  @Override
  public Line open(String port, LineSettings settings) throws Unavailable {
    unpack();
    return SerialLine.open(port, settings);
  }

  private synchronized void unpack() throws Unavailable {
    if (unpacked) {
      return;
    }
    try {
      NativeLibrary.SERIAL.unpackInto(folder);
      unpacked = true;
    } catch (IOException full) {
      throw new Unavailable(
          "what serial ports need cannot be written into %s: %s"
              .formatted(folder, full.getMessage()));
    }
  }
}
