package org.kerbside.gateway.app;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A cable to the city's broker on which everything can get lost. Thread-safe. */
final class Relay implements AutoCloseable {

  private final int broker;
  private final ServerSocket server;
  private final List<Socket> ends = new CopyOnWriteArrayList<>();
  private volatile boolean swallowing;

  private Relay(int broker, ServerSocket server) {
    this.broker = broker;
    this.server = server;
  }

  static Relay to(int broker) throws IOException {
    var relay = new Relay(broker, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  String url() {
    return "mqtt://127.0.0.1:" + server.getLocalPort();
  }

  /** From now on what is sent on the connections that stand reaches nobody. */
  void swallow() {
    swallowing = true;
  }

  /** Ends what stands; the next call gets through. */
  void mend() throws IOException {
    for (var end : ends) {
      end.close();
    }
    ends.clear();
    swallowing = false;
  }

  @Override
  public void close() throws IOException {
    server.close();
    mend();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        join(server.accept());
      } catch (IOException closed) {
        // Closed, or the broker is down: the caller sees the end of its stream.
      }
    }
  }

  private void join(Socket caller) throws IOException {
    var called = new Socket(InetAddress.getLoopbackAddress(), broker);
    ends.addAll(List.of(caller, called));
    Thread.ofVirtual().start(() -> pump(caller, called));
    Thread.ofVirtual().start(() -> pump(called, caller));
  }

  private void pump(Socket from, Socket to) {
    var some = new byte[8192];
    try (from;
        to) {
      var output = to.getOutputStream();
      for (int n = from.getInputStream().read(some); n >= 0; n = from.getInputStream().read(some)) {
        if (!swallowing) {
          output.write(some, 0, n);
        }
      }
    } catch (IOException cut) {
      // Both ends are closed.
    }
  }
}
