package org.kerbside.drivers.modbus;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Line;

/** A TCP connection, to a device or to a serial server. */
final class SocketLine implements Line {

  private static final int CONNECT_MILLIS =
      1_500; // a line is near; and who closes the bus waits two seconds
  private static final int MOST = 1024; // bytes a read

  private final Socket socket;
  private final byte[] buffer = new byte[MOST];

  private SocketLine(Socket socket) {
    this.socket = socket;
  }

  static SocketLine open(String host, int port) throws Unavailable {
    var line = new SocketLine(new Socket());
    try {
      line.socket.setTcpNoDelay(true);
      line.socket.setKeepAlive(true);
      line.socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return line;
    } catch (IOException | IllegalArgumentException unresolved) {
      line.close();
      throw lost(unresolved);
    }
  }

  @Override
  public void write(byte[] telegram) throws Unavailable {
    try {
      socket.getOutputStream().write(telegram);
    } catch (IOException gone) {
      throw lost(gone);
    }
  }

  @Override
  public byte[] read(Duration patience) throws Unavailable {
    try {
      socket.setSoTimeout((int) Math.max(1, patience.toMillis())); // 0 would be for ever
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        throw new Unavailable("the other end closed the connection");
      }
      return Arrays.copyOf(buffer, count);
    } catch (SocketTimeoutException nothing) {
      return new byte[0];
    } catch (IOException gone) {
      throw lost(gone);
    }
  }

  private static Unavailable lost(Exception told) {
    return new Unavailable(String.valueOf(told.getMessage()));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException gone) {
      // Nobody is left to be told.
    }
  }
}
