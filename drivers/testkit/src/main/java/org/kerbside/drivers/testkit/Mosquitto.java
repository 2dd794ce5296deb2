package org.kerbside.drivers.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real mosquitto on a free port of loopback, with a folder of its own. Not thread-safe; mark the
 * test {@code @NeedsPeer("mosquitto")}.
 */
public final class Mosquitto implements AutoCloseable {

  /** Whether sessions and what is queued for them outlive the broker. */
  public enum Memory {
    FORGETS,
    PERSISTS
  }

  private final int port;
  private final Path folder;
  private Process process;

  private Mosquitto(int port, Path folder) throws IOException {
    this.port = port;
    this.folder = folder;
    this.process = launch();
  }

  public static Mosquitto start() throws Exception {
    return start(Memory.FORGETS, List.of());
  }

  /**
   * Starts one.
   *
   * @param settings more lines of its configuration
   */
  public static Mosquitto start(Memory memory, List<String> settings) throws Exception {
    return start(FreePort.tcp(), memory, settings);
  }

  public static Mosquitto start(int port, Memory memory, List<String> settings) throws Exception {
    var folder = Files.createTempDirectory("mosquitto");
    Files.writeString(
        folder.resolve("mosquitto.conf"), configuration(port, folder, memory, settings));
    var broker = new Mosquitto(port, folder);
    broker.awaitPort();
    return broker;
  }

  private static String configuration(int port, Path folder, Memory memory, List<String> settings) {
    var text = new StringBuilder();
    // Root would drop to a user who may not write here.
    text.append("user root\n");
    text.append("listener ").append(port).append(" 127.0.0.1\n");
    if (settings.stream().noneMatch(line -> line.startsWith("allow_anonymous"))) {
      text.append("allow_anonymous true\n");
    }
    // The field broker as we ship it: a window wide enough for group commits.
    text.append("max_inflight_messages 1000\nmax_queued_messages 0\n");
    switch (memory) {
      case FORGETS -> text.append("persistence false\n");
      case PERSISTS ->
          text.append("persistence true\npersistence_location ").append(folder).append("/\n");
    }
    settings.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  private Process launch() throws IOException {
    return new ProcessBuilder(
            Peer.path("mosquitto").toString(), "-c", folder.resolve("mosquitto.conf").toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private void awaitPort() throws Exception {
    Await.until(
        "mosquitto on port " + port, this::listens, java.time.Duration.ofSeconds(20), this::log);
  }

  private boolean listens() {
    try (var probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return probe.isConnected();
    } catch (IOException notYet) {
      return false;
    }
  }

  public int port() {
    return port;
  }

  public String url() {
    return "mqtt://127.0.0.1:" + port;
  }

  public long pid() {
    return process.pid();
  }

  /** What it wrote to its log so far. */
  public String log() {
    try {
      return Files.readString(folder.resolve("log"));
    } catch (IOException none) {
      return "";
    }
  }

  /** As a power cut does it. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** An orderly end: what it persists is written. */
  public void stop() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** On the same port, with the same folder. */
  public void restart() throws Exception {
    process = launch();
    awaitPort();
  }

  /** Publishes one message with mosquitto's own client. */
  public void publish(String topic, String payload, int qos) throws Exception {
    publish(topic, List.of("-m", payload), qos);
  }

  public void publishFile(String topic, Path payload, int qos) throws Exception {
    publish(topic, List.of("-f", payload.toString()), qos);
  }

  private void publish(String topic, List<String> payload, int qos) throws Exception {
    var arguments =
        new java.util.ArrayList<>(List.of("-p", "" + port, "-V", "5", "-q", "" + qos, "-t", topic));
    arguments.addAll(payload);
    var ended = Peer.run("mosquitto_pub", arguments);
    if (ended.exit() != 0) {
      throw new AssertionError(ended.output());
    }
  }

  /** Publishes each line as a message, at QoS 1, in order, over one connection. */
  public void publishLines(String topic, Iterable<String> lines) throws Exception {
    var process =
        Peer.start(
            "mosquitto_pub", List.of("-p", "" + port, "-V", "5", "-q", "1", "-t", topic, "-l"));
    try (var input = process.outputWriter()) {
      for (String line : lines) {
        input.write(line);
        input.newLine();
      }
    }
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new AssertionError("mosquitto_pub -l: exit " + process);
    }
  }

  @Override
  public void close() {
    try {
      stop();
      try (var files = Files.walk(folder)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.deleteIfExists(file);
        }
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException told) {
      throw new UncheckedIOException(told);
    }
  }
}
