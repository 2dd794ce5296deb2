package org.kerbside.gateway.uplink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A peer that behaves as a test says, on every connection anew; then it hangs up. */
final class Script implements AutoCloseable {

  /** What it does on one connection; an exception ends it. */
  interface Part {

    /**
     * Plays it.
     *
     * @param call the how manieth connection it is, from 1
     */
    void play(Talk talk, int call) throws Exception;
  }

  private final ServerSocket server;
  private final List<Socket> ends = new CopyOnWriteArrayList<>();
  private final AtomicInteger calls = new AtomicInteger();
  private final Part part;

  Script(Part part) throws IOException {
    this(InetAddress.getLoopbackAddress(), part);
  }

  Script(InetAddress address, Part part) throws IOException {
    server = new ServerSocket(0, 50, address);
    this.part = part;
    Thread.ofVirtual().start(this::accept);
  }

  int port() {
    return server.getLocalPort();
  }

  /** How often somebody connected. */
  int calls() {
    return calls.get();
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (var end : ends) {
      end.close();
    }
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        var end = server.accept();
        ends.add(end);
        int call = calls.incrementAndGet();
        Thread.ofVirtual().start(() -> play(end, call));
      } catch (IOException closed) {
        // The test is over.
      }
    }
  }

  private void play(Socket end, int call) {
    try (end) {
      part.play(new Talk(end), call);
    } catch (Exception over) {
      // The client hung up, or the test is over.
    }
  }
}
