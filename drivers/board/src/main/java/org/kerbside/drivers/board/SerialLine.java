package org.kerbside.drivers.board;

import com.fazecast.jSerialComm.SerialPort;
import com.fazecast.jSerialComm.SerialPortInvalidPortException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Line;
import org.kerbside.drivers.api.LineSettings;

/**
 * A serial port by jSerialComm. Its calls go native: a platform thread's business. Opened by name
 * each time, since an adapter that comes back may be another number under the same link.
 */
final class SerialLine implements Line {

  private static final int MOST = 1024; // bytes a read
  private static final long LOOK_MILLIS = 2; // two characters at 9600: jSerialComm waits in tenths

  private final String name;
  private final SerialPort port;
  private final byte[] buffer = new byte[MOST];

  private SerialLine(String name, SerialPort port) {
    this.name = name;
    this.port = port;
  }

  /**
   * Opens it for us alone.
   *
   * @param name a device file or a link to one
   */
  static SerialLine open(String name, LineSettings settings) throws Unavailable {
    try {
      var port = SerialPort.getCommPort(Path.of(name).toRealPath().toString());
      port.setComPortParameters(
          settings.baud(),
          8,
          settings.stop() == 1 ? SerialPort.ONE_STOP_BIT : SerialPort.TWO_STOP_BITS,
          switch (settings.parity()) {
            case NONE -> SerialPort.NO_PARITY;
            case EVEN -> SerialPort.EVEN_PARITY;
            case ODD -> SerialPort.ODD_PARITY;
          });
      port.setFlowControl(SerialPort.FLOW_CONTROL_DISABLED);
      port.setComPortTimeouts(SerialPort.TIMEOUT_NONBLOCKING, 0, 0);
      if (!port.openPort(0)) {
        throw new Unavailable(
            "%s cannot be opened (error %d): taken, or not allowed"
                .formatted(name, port.getLastErrorCode()));
      }
      return new SerialLine(name, port);
    } catch (NoSuchFileException | SerialPortInvalidPortException missing) {
      throw new Unavailable(
          "%s is not there: plug it in, or see ls -l /dev/serial/by-id".formatted(name));
    } catch (IOException told) {
      throw new Unavailable("%s cannot be followed: %s".formatted(name, told.getMessage()));
    }
  }

  @Override
  public void write(byte[] telegram) throws Unavailable {
    if (port.writeBytes(telegram, telegram.length) != telegram.length) {
      throw gone();
    }
  }

  @Override
  public byte[] read(Duration patience) throws Unavailable, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (true) {
      int waiting = port.bytesAvailable();
      int count = waiting <= 0 ? waiting : port.readBytes(buffer, Math.min(MOST, waiting));
      if (count < 0) {
        throw gone();
      }
      if (count > 0) {
        return Arrays.copyOf(buffer, count);
      }
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return new byte[0];
      }
      Thread.sleep(Duration.ofNanos(Math.min(left, LOOK_MILLIS * 1_000_000)));
    }
  }

  private Unavailable gone() {
    return new Unavailable("%s is gone".formatted(name));
  }

  @Override
  public void close() {
    port.closePort();
  }
}
