package org.kerbside.gateway.uplink;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real mosquitto of a test's own, on a free port. */
final class Broker implements AutoCloseable {

  private final Path config;
  private final int port;
  private final List<Listener> listeners = new ArrayList<>();
  private Process process;

  private Broker(Path config, int port, Process process) {
    this.config = config;
    this.port = port;
    this.process = process;
  }

  static Broker start(String... settings) throws IOException {
    int port = freePort();
    var config = Files.createTempFile("mosquitto", ".conf");
    Files.writeString(
        config,
        "listener %d 127.0.0.1\nallow_anonymous true\nuser root\npersistence false\n%s\n"
            .formatted(port, String.join("\n", settings)));
    return new Broker(config, port, launch(config, port));
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  int port() {
    return port;
  }

  void kill() {
    process.destroyForcibly().onExit().join();
  }

  void restart() throws IOException {
    process = launch(config, port);
  }

  void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  Listener listen(String filter) throws IOException {
    var listener = Listener.to(port, filter);
    listeners.add(listener);
    return listener;
  }

  /** By a client that is not ours. */
  void publish(String topic, String payload, String... options)
      throws IOException, InterruptedException {
    var command =
        new ArrayList<>(
            List.of("mosquitto_pub", "-V", "mqttv5", "-p", "" + port, "-q", "1", "-t", topic));
    command.addAll(List.of("-m", payload));
    command.addAll(List.of(options));
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new IOException("mosquitto_pub ended with " + code);
    }
  }

  @Override
  public void close() throws IOException {
    for (var listener : listeners) {
      listener.close();
    }
    kill();
    Files.delete(config);
  }

  private void signal(String name) throws IOException, InterruptedException {
    new ProcessBuilder("kill", name, "" + process.pid()).inheritIO().start().waitFor();
  }

  private static Process launch(Path config, int port) throws IOException {
    var log = config.resolveSibling(config.getFileName() + ".log").toFile();
    log.deleteOnExit();
    var process =
        new ProcessBuilder("mosquitto", "-c", config.toString())
            .redirectErrorStream(true)
            .redirectOutput(log)
            .start();
    Await.until(() -> answers(port), () -> "mosquitto on port " + port);
    return process;
  }

  private static boolean answers(int port) {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
      return true;
    } catch (IOException notYet) {
      return false;
    }
  }
}
