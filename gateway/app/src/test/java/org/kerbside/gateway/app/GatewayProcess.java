package org.kerbside.gateway.app;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.testkit.Await;

/** The real gateway as a process of its own: started, asked to stop, or killed. */
final class GatewayProcess implements AutoCloseable {

  private static final Duration READY = Duration.ofSeconds(30);

  private final Process process;
  private final List<String> said = new CopyOnWriteArrayList<>();

  private GatewayProcess(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /**
   * Runs a site of {@code config/sites} until «ready».
   *
   * @param settings {@code path=value}, each behind a {@code --set}
   */
  static GatewayProcess run(String site, Path data, String page, String... settings)
      throws Exception {
    return run(Launch.of(site, data, page, settings));
  }

  /** As {@link #run}, with more in its environment. */
  static GatewayProcess run(
      Map<String, String> environment, String site, Path data, String page, String... settings)
      throws Exception {
    return run(Launch.of(site, data, page, settings).with(environment));
  }

  /** As {@link #run}, of anything that can be launched. */
  static GatewayProcess run(Launch launch) throws Exception {
    return start(launch).ready();
  }

  /** As {@link #run}, without waiting. */
  static GatewayProcess start(String site, Path data, String page, String... settings)
      throws IOException {
    return start(Launch.of(site, data, page, settings));
  }

  /** As {@link #run}, without waiting. */
  static GatewayProcess start(Launch launch) throws IOException {
    return new GatewayProcess(launch.builder().start());
  }

  /** Waits until it says «ready». */
  GatewayProcess ready() throws Exception {
    Await.until("«ready»", () -> saysReady() || !process.isAlive(), READY, this::said);
    if (!saysReady()) {
      throw new AssertionError("it ended before it was ready:\n" + said());
    }
    return this;
  }

  /** The root of the checkout; tests run in their module's folder. */
  static Path home() {
    return Path.of("../..").toAbsolutePath().normalize();
  }

  /** {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; its exit code. */
  int stop() throws InterruptedException {
    process.toHandle().destroy(); // Process.destroy would close what it still has to say.
    if (!process.waitFor(15, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not stop within 15 s:\n" + said());
    }
    return process.exitValue();
  }

  int exit() throws InterruptedException {
    return process.waitFor();
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String said() {
    return String.join("\n", said);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private boolean saysReady() {
    return said.stream().anyMatch(line -> line.startsWith("ready in "));
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
