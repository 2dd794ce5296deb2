package org.kerbside.deploy.demo.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.kerbside.deploy.demo.Main;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Peer;

/** A process of which each line is kept as it says it. */
final class Spoken implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private final Process process;
  private final List<String> lines = new CopyOnWriteArrayList<>();

  private Spoken(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /** Our own program, as the launcher starts it. */
  static Spoken kerbside(String... arguments) throws IOException {
    return java(Main.class, arguments);
  }

  /** Another program of ours, likewise. */
  static Spoken java(Class<?> main, String... arguments) throws IOException {
    return new Spoken(Peer.start("env", line(main, arguments)));
  }

  /** As {@link #kerbside}, to its end. */
  static Peer.Ended kerbsideOnce(String... arguments) throws Exception {
    return Peer.run("env", line(Main.class, arguments));
  }

  /** Whoever listens to all that a broker of this machine gets. */
  static Spoken subscriber(int port) throws IOException {
    return new Spoken(
        Peer.start(
            "stdbuf",
            List.of("-oL", "mosquitto_sub", "-p", "" + port, "-V", "mqttv5", "-t", "#", "-v")));
  }

  private static List<String> line(Class<?> main, String... arguments) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"));
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.add("-cp");
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.add(main.getName());
    line.addAll(List.of(arguments));
    return line;
  }

  /** The first line that is so, once it is said. */
  String await(String what, Predicate<String> isSo) throws Exception {
    Await.until(what, () -> lines.stream().anyMatch(isSo), PATIENCE, this::said);
    return lines.stream().filter(isSo).findFirst().orElseThrow();
  }

  /** All that it has said so far. */
  List<String> lines() {
    return List.copyOf(lines);
  }

  private String said() {
    return String.join("\n", lines);
  }

  /** SIGTERM; its exit code. */
  int stop() throws InterruptedException {
    process.toHandle().destroy(); // Process.destroy would close what it still has to say.
    if (!process.waitFor(PATIENCE)) {
      throw new AssertionError("it did not stop within %s:%n%s".formatted(PATIENCE, said()));
    }
    return process.exitValue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void listen() {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException killed) {
      lines.add("(killed)");
    }
  }
}
