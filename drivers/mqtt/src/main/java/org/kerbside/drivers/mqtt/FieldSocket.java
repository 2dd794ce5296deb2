package org.kerbside.drivers.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.SocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * The socket under a Paho client, with what Paho leaves out: buffered input, acknowledgements sent
 * together, no Nagle, a limit on what a peer may announce.
 */
final class FieldSocket extends Socket {

  private final WireInput.Listener listener;
  private final ScheduledExecutorService timer;
  private @Nullable InputStream input;
  private @Nullable OutputStream output;

  FieldSocket(WireInput.Listener listener, ScheduledExecutorService timer) throws SocketException {
    this.listener = listener;
    this.timer = timer;
    setTcpNoDelay(true);
  }

  @Override
  public synchronized InputStream getInputStream() throws IOException {
    if (input == null) {
      input = new WireInput(super.getInputStream(), listener);
    }
    return input;
  }

  @Override
  public synchronized OutputStream getOutputStream() throws IOException {
    if (output == null) {
      output = new WireOutput(super.getOutputStream(), timer);
    }
    return output;
  }

  /** Makes one socket, and keeps it to be closed from outside. */
  static final class Factory extends SocketFactory {

    private final WireInput.Listener listener;
    private final ScheduledExecutorService timer;
    private volatile @Nullable FieldSocket made;

    Factory(WireInput.Listener listener, ScheduledExecutorService timer) {
      this.listener = listener;
      this.timer = timer;
    }

    @Override
    public Socket createSocket() throws IOException {
      var socket = new FieldSocket(listener, timer);
      made = socket;
      return socket;
    }

    /** Whatever Paho is about: this ends it. */
    void cut() {
      var socket = made;
      if (socket != null) {
        try {
          socket.close();
        } catch (IOException alreadyGone) {
          // Nothing is left to close.
        }
      }
    }

    @Override
    public Socket createSocket(String host, int port) {
      throw new UnsupportedOperationException("paho makes it, then connects it");
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) {
      return createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) {
      return createSocket(host.getHostAddress(), port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) {
      return createSocket(host, port);
    }
  }
}
