package org.kerbside.drivers.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/** A cable to a broker that can be cut, and on which everything can get lost. Thread-safe. */
public final class Relay implements AutoCloseable {

  private final int broker;
  private final ServerSocket server;
  private final List<Socket> ends = new CopyOnWriteArrayList<>();
  private final List<Integer> asked = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private volatile boolean isCut;
  private volatile boolean swallows;

  private Relay(int broker, ServerSocket server) {
    this.broker = broker;
    this.server = server;
  }

  public static Relay to(int broker) throws IOException {
    var relay = new Relay(broker, new ServerSocket(0, 50, InetAddress.getLoopbackAddress()));
    Thread.ofVirtual().start(relay::accept);
    return relay;
  }

  public int port() {
    return server.getLocalPort();
  }

  /** How often somebody called. */
  public int calls() {
    return calls.get();
  }

  /** The first byte of each call that said one. */
  public List<Integer> asked() {
    return asked;
  }

  /** Its end on our side, as a broker's address. */
  public String url() {
    return "mqtt://127.0.0.1:" + port();
  }

  /** From now on what is sent on the connections that stand reaches nobody. */
  public void swallow() {
    swallows = true;
  }

  /** Ends what stands; nobody gets through until it is mended. */
  public void cut() throws IOException {
    isCut = true;
    hangUp();
  }

  public void mend() {
    isCut = false;
  }

  /** Ends what stands; the next call gets through. */
  public void hangUp() throws IOException {
    for (var end : ends) {
      end.close();
    }
    ends.clear();
    swallows = false;
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

  private void pump(Socket from, Socket to, IntConsumer told) {
    var some = new byte[8192];
    try (from;
        to) {
      var input = from.getInputStream();
      var output = to.getOutputStream();
      int length = input.read(some);
      if (length > 0) {
        told.accept(some[0]);
      }
      for (; length >= 0; length = input.read(some)) {
        if (!swallows) {
          output.write(some, 0, length);
        }
      }
    } catch (IOException cut) {
      // Both ends are closed.
    }
  }
}
