package org.kerbside.gateway.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.testkit.Await;

/** The city's reference receiver as a process of its own, with a store that outlives it. */
final class Receiver implements AutoCloseable {

  private final Path folder;
  private final String broker;
  private @Nullable Process process;

  /**
   * Starts nothing yet.
   *
   * @param folder for its store and its log
   */
  Receiver(Path folder, String broker) {
    this.folder = folder;
    this.broker = broker;
  }

  Path store() {
    return folder.resolve("city.db");
  }

  /** Starts it, and waits until it is subscribed. */
  void start() throws Exception {
    long before = connections();
    var line = List.of("--broker", broker, "--interval", "500", "--hole-age", "1000");
    process =
        builder(line)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("city.log").toFile()))
            .start();
    Await.until(
        "the receiver is connected",
        () -> connections() > before,
        Duration.ofSeconds(30),
        this::log);
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  void kill() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }

  /** What {@code --verify} says, with {@code exit N} as its last words. */
  String verify() throws Exception {
    var verifying = builder(List.of("--verify")).start();
    var said = new String(verifying.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return said + "exit " + verifying.waitFor();
  }

  String log() {
    try {
      return Files.readString(folder.resolve("city.log"));
    } catch (IOException none) {
      return "";
    }
  }

  @Override
  public void close() {
    kill();
  }

  private long connections() {
    return log().lines().filter(line -> line.contains("connected as")).count();
  }

  private ProcessBuilder builder(List<String> options) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx64m", "--enable-native-access=ALL-UNNAMED", "-cp"));
    line.add(UnderTest.everything());
    line.add("org.kerbside.deploy.platform.receiver.Main");
    line.addAll(List.of("--store", store().toString()));
    line.addAll(options);
    return new ProcessBuilder(line).redirectErrorStream(true);
  }
}
