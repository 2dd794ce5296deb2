package org.kerbside.gateway.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;

/**
 * Node-RED with one of the flows in {@code gateway/bench/peers/node-red}; fetched with npm the
 * first time.
 */
final class NodeRed implements Subject {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final Process process;
  private final List<String> said = new CopyOnWriteArrayList<>();

  private NodeRed(Process process) {
    this.process = process;
    Thread.ofVirtual().start(this::listen);
  }

  /**
   * Starts it.
   *
   * @param flow {@code each} or {@code batching}
   * @param data where its store and its own files go
   */
  static NodeRed with(String flow, Path data, Mosquitto field, Mosquitto city) throws Exception {
    var home = installed();
    for (var file : List.of("settings.js", "flow-" + flow + ".json")) {
      Files.copy(source().resolve(file), data.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    }
    var builder =
        new ProcessBuilder(
            "node",
            home.resolve("node_modules/node-red/red.js").toString(),
            "--userDir",
            data.toString(),
            "--port",
            Integer.toString(FreePort.tcp()),
            data.resolve("flow-" + flow + ".json").toString());
    builder.environment().put("FIELD_PORT", Integer.toString(field.port()));
    builder.environment().put("CITY_PORT", Integer.toString(city.port()));
    builder.environment().put("STORE", data.resolve("store.db").toString());
    builder.environment().put("NODE_PATH", home.resolve("node_modules").toString());
    return new NodeRed(builder.redirectErrorStream(true).start());
  }

  private static Path source() {
    return Gateway.home().resolve("gateway/bench/peers/node-red");
  }

  private static Path installed() throws IOException, InterruptedException {
    var home = Files.createDirectories(Gateway.home().resolve("gateway/bench/target/node-red"));
    if (!Files.exists(home.resolve("node_modules/node-red/red.js"))) {
      var list = home.resolve("package.json");
      Files.copy(source().resolve("package.json"), list, StandardCopyOption.REPLACE_EXISTING);
      System.out.println("npm install in " + home);
      var npm =
          new ProcessBuilder("npm", "install", "--no-audit", "--no-fund", "--loglevel=error")
              .directory(home.toFile())
              .inheritIO()
              .start();
      if (npm.waitFor() != 0) {
        throw new IOException("npm install failed in " + home + ": see above");
      }
    }
    return home;
  }

  @Override
  public long pid() {
    return process.pid();
  }

  @Override
  public void awaitReady() throws Exception {
    Await.until(
        "Node-RED is connected to both brokers",
        () -> said.stream().filter(line -> line.contains("Connected to broker")).count() >= 2,
        PATIENCE,
        () -> String.join("\n", said));
    TimeUnit.SECONDS.sleep(1); // it subscribes after it says so
  }

  private void listen() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      lines.lines().forEach(said::add);
    } catch (IOException closed) {
      said.add("(closed)");
    }
  }

  @Override
  public void close() {
    process.toHandle().destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException stop) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
