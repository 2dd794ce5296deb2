package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.kerbside.drivers.testkit.Await;

/** systemd's ear: a real datagram socket, held by socat, which prints what it is told. */
final class ServiceManager implements AutoCloseable {

  private final String socket;
  private final Process listener;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private ServiceManager(String socket, Process listener) {
    this.socket = socket;
    this.listener = listener;
    Thread.ofVirtual().start(this::listen);
  }

  private void listen() {
    try (var lines = listener.inputReader(UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        heard.add(line);
      }
    } catch (IOException closed) {
      // socat has ended.
    }
  }

  /** Listens there; returns when it does. */
  static ServiceManager at(String socket) throws Exception {
    var address =
        socket.startsWith("@") ? "ABSTRACT-RECV:" + socket.substring(1) : "UNIX-RECV:" + socket;
    var listener = new ServiceManager(socket, listen(address));
    Await.until("socat listens at " + socket, listener::hears);
    listener.heard.clear();
    return listener;
  }

  private static Process listen(String address) throws IOException {
    return new ProcessBuilder("socat", "-u", address, "STDOUT")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private boolean hears() throws InterruptedException {
    try {
      new UnixDatagram(socket).send("?\n");
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }

  /** What systemd gives a service whose unit has a watchdog of so many microseconds. */
  Map<String, String> environment(long watchdogMicros) {
    return Map.of("NOTIFY_SOCKET", socket, "WATCHDOG_USEC", String.valueOf(watchdogMicros));
  }

  void awaits(String line) throws Exception {
    Await.until("systemd hears " + line + ": " + heard, () -> heard.contains(line));
  }

  long times(String line) {
    return heard.stream().filter(line::equals).count();
  }

  @Override
  public String toString() {
    return String.join("\n", heard);
  }

  @Override
  public void close() {
    listener.destroyForcibly();
  }
}
