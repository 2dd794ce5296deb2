package org.kerbside.deploy.platform.receiver;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.testkit.Await;

/** The real receiver as a process of its own: started, asked to stop, or killed. */
final class ReceiverProcess implements AutoCloseable {

  private final Process process;
  private final List<String> said = new CopyOnWriteArrayList<>();
  private final Thread listening;

  private ReceiverProcess(Process process) {
    this.process = process;
    this.listening = Thread.ofVirtual().start(this::listen);
  }

  /** Serves until it says that it is connected. */
  static ReceiverProcess serve(Path store, String broker, String... more) throws Exception {
    var options = new ArrayList<>(List.of("--store", store.toString(), "--broker", broker));
    options.addAll(List.of(more));
    var receiver = start(options);
    Await.until(
        "the receiver is connected",
        () -> receiver.said().contains("connected") || !receiver.process.isAlive(),
        java.time.Duration.ofSeconds(30),
        receiver::said);
    return receiver;
  }

  /** What it says of a store, and its exit code on the last line. */
  static String verify(Path store) throws Exception {
    var receiver = start(List.of("--store", store.toString(), "--verify"));
    int exit = receiver.process.waitFor();
    receiver.listening.join();
    return receiver.said() + "\nexit " + exit;
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** SIGTERM; its exit code. */
  int stop() throws InterruptedException {
    process.toHandle().destroy(); // the process's own closes the pipe that it talks into
    if (!process.waitFor(15, TimeUnit.SECONDS)) {
      throw new AssertionError("it did not stop within 15 s:\n" + said());
    }
    listening.join();
    return process.exitValue();
  }

  String said() {
    return String.join("\n", said);
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  private static ReceiverProcess start(List<String> options) throws IOException {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    line.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-cp"));
    line.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    line.add("org.kerbside.deploy.platform.receiver.Main");
    line.addAll(options);
    return new ReceiverProcess(new ProcessBuilder(line).redirectErrorStream(true).start());
  }

  private void listen() {
    try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        said.add(line);
      }
    } catch (IOException killed) {
      said.add("(killed)");
    }
  }
}
