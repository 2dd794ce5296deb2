package org.kerbside.gateway.uplink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A cable between gateway and broker that a test can cut and mend. */
final class Relay implements AutoCloseable {

  private final int broker;
  private final ServerSocket server;
  private final List<Socket> ends = new CopyOnWriteArrayList<>();
  private final List<Integer> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean isCut;

  private Relay(int broker, ServerSocket server) {
    this.broker = broker;
    this.server = server;
  }

  static Relay to(int broker) throws IOException {
    var relay = new Relay(broker, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  int port() {
    return server.getLocalPort();
  }

  /** How often somebody called. */
  int calls() {
    return calls.get();
  }

  /** The first byte of each call that said one. */
  List<Integer> asked() {
    return asked;
  }

  void cut() throws IOException {
    isCut = true;
    hangUp();
  }

  void mend() {
    isCut = false;
  }

  /** Ends what stands; the next call gets through. */
  void hangUp() throws IOException {
    for (var end : ends) {
      end.close();
    }
    ends.clear();
  }

  @Override
  public void close() throws IOException {
    server.close();
    hangUp();
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
    ends.add(caller);
    calls.incrementAndGet();
    if (isCut) {
      caller.close();
      return;
    }
    try {
      var called = new Socket(InetAddress.getLoopbackAddress(), broker);
      ends.add(called);
      Thread.ofVirtual().start(() -> pump(caller, called, asked::add));
      Thread.ofVirtual().start(() -> pump(called, caller, first -> {}));
    } catch (IOException down) {
      caller.close();
    }
  }

  private static void pump(Socket from, Socket to, IntConsumer told) {
    try (from;
        to) {
      var first = new byte[1024];
      int length = from.getInputStream().read(first);
      if (length > 0) {
        told.accept(first[0]);
        to.getOutputStream().write(first, 0, length);
        from.getInputStream().transferTo(to.getOutputStream());
      }
    } catch (IOException cut) {
      // Both ends are closed.
    }
  }
}
