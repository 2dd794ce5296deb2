package org.kerbside.drivers.modbus;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;

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

  static SocketLine open(String host, int port) throws IOException {
    var socket = new Socket();
    try {
      socket.setTcpNoDelay(true);
      socket.setKeepAlive(true);
      socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
      return new SocketLine(socket);
    } catch (IOException | IllegalArgumentException unresolved) {
      socket.close();
      throw unresolved;
    }
  }

  @Override
  public void write(byte[] telegram) throws IOException {
    socket.getOutputStream().write(telegram);
  }

  @Override
  public byte[] read(Duration patience) throws IOException {
    socket.setSoTimeout((int) Math.max(1, patience.toMillis())); // 0 would be for ever
    try {
      int count = socket.getInputStream().read(buffer);
      if (count < 0) {
        throw new EOFException("the other end closed the connection");
      }
      return Arrays.copyOf(buffer, count);
    } catch (SocketTimeoutException nothing) {
      return new byte[0];
    }
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
