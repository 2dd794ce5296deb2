package org.kerbside.deploy.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Peer;

/** The demonstration as a process of its own, as the launcher starts it, on free ports. */
final class DemoProcess implements AutoCloseable {

  private static final Duration READY = Duration.ofSeconds(90);

  private final Process process;
  private final Ports ports;
  private final List<String> said = new CopyOnWriteArrayList<>();

  private DemoProcess(Process process, Ports ports) {
    this.process = process;
    this.ports = ports;
    Thread.ofVirtual().start(this::listen);
  }

  /** Where its doors are. */
  record Ports(int page, int mqtt, int coap) {

    static Ports free() throws IOException {
      return new Ports(FreePort.tcp(), FreePort.tcp(), FreePort.udp());
    }
  }

  /** Runs it until «ready». */
  static DemoProcess run(Path temporary, String... options) throws Exception {
    var demo = start(temporary, Ports.free(), options);
    Await.until(
        "«ready»", () -> demo.hasSaid("ready in ") || !demo.process.isAlive(), READY, demo::said);
    if (!demo.hasSaid("ready in ")) {
      throw new AssertionError("it ended before it was ready:\n" + demo.said());
    }
    return demo;
  }

  /** As {@link #run}, without waiting. */
  static DemoProcess start(Path temporary, Ports ports, String... options) throws IOException {
    var line = new ArrayList<String>();
    // Where tests run in a shell's background, Ctrl-C is ignored, and children inherit that.
    line.add("--default-signal=INT");
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx384m"));
    line.add("--enable-native-access=ALL-UNNAMED");
    line.add("--sun-misc-unsafe-memory-access=allow");
    line.add("-Djava.io.tmpdir=" + temporary);
    line.add("-Dkerbside.home=" + Path.of("../..").toAbsolutePath().normalize());
    line.add("-cp");
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.addAll(List.of(Main.class.getName(), "demo"));
    line.addAll(List.of("--page", "127.0.0.1:" + ports.page()));
    line.addAll(List.of("--mqtt", String.valueOf(ports.mqtt())));
    line.addAll(List.of("--coap", String.valueOf(ports.coap())));
    line.addAll(List.of(options));
    return new DemoProcess(Peer.start("env", line), ports);
  }

  Ports ports() {
    return ports;
  }

  long pid() {
    return process.pid();
  }

  /** Sends a signal, {@code INT} or {@code TERM}. */
  void signal(String name) throws Exception {
    Peer.run("kill", List.of("-" + name, String.valueOf(process.pid())));
  }

  /** Its exit code, once it has ended. */
  int exit() throws InterruptedException {
    if (!process.waitFor(30, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not end within 30 s:\n" + said());
    }
    return process.exitValue();
  }

  boolean hasSaid(String words) {
    return said.stream().anyMatch(line -> line.contains(words));
  }

  String said() {
    return String.join("\n", said);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private void listen() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
      }
    } catch (IOException killed) {
      said.add("(killed)");
    }
  }
}
