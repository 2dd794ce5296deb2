package org.kerbside.gateway.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.testkit.Await;

/** The gateway as it was built, in a process of its own, with the service's own JVM options. */
final class Gateway implements Subject {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Process process;
  private final long started = System.nanoTime();
  private final List<String> said = new CopyOnWriteArrayList<>();
  private volatile long ready;

  private Gateway(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /** The root of the checkout. */
  static Path home() {
    return Path.of(System.getProperty("kerbside.home", ".")).toAbsolutePath().normalize();
  }

  static Gateway start(List<String> jvm, Path site, List<String> arguments) throws IOException {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.add("@" + home().resolve("deploy/jvm.options"));
    line.addAll(jvm);
    line.addAll(List.of("-cp", classpath(), "org.kerbside.gateway.app.wiring.Main", "run"));
    line.add(site.toString());
    line.addAll(arguments);
    return new Gateway(new ProcessBuilder(line).redirectErrorStream(true).start());
  }

  private static String classpath() throws IOException {
    var target = home().resolve("gateway/app/target");
    try (var jars = Files.newDirectoryStream(target, "gateway-app-*.jar")) {
      return jars.iterator().next() + ":" + Files.readString(target.resolve("classpath")).strip();
    }
  }

  @Override
  public void awaitReady() throws Exception {
    Await.until(
        "«ready»", () -> ready != 0 || !process.isAlive(), PATIENCE, () -> String.join("\n", said));
    if (ready == 0) {
      throw new IllegalStateException("it ended before it was ready:\n" + String.join("\n", said));
    }
  }

  @Override
  public long pid() {
    return process.pid();
  }

  /** From the start of the process to its «ready», in milliseconds. */
  double readyMillis() {
    return (ready - started) / 1e6;
  }

  /** From the start of the process to then, in milliseconds. */
  double millisAt(long nanos) {
    return (nanos - started) / 1e6;
  }

  private void listen() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("ready in ")) {
          ready = System.nanoTime();
        } else if (line.contains(" WARN ") || line.contains(" ERROR ")) {
          System.out.println("  gateway: " + line);
        }
        said.add(line);
      }
    } catch (IOException closed) {
      said.add("(closed)");
    }
  }

  @Override
  public void close() {
    process.toHandle().destroy(); // the process's own method would close its output as well
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
        throw new UncheckedIOException(new IOException("the gateway did not stop within 60 s"));
      }
    } catch (InterruptedException stop) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
