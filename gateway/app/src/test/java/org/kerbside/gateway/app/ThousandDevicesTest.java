package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/**
 * A thousand sensors by CoAP, each with a port of its own, and 999 by MQTT on one gateway, which is
 * all that a site may have: each says something every ten seconds, and all of it reaches the city.
 * What that costs is printed, and stands in {@code drivers/README.md}.
 */
@NeedsPeer({"mosquitto", "mosquitto_sub"})
@Tag("long")
@Tag("thousand")
@Timeout(300)
class ThousandDevicesTest {

  private static final int COAP = 1000;
  private static final int MQTT = 999;
  private static final int ROUNDS = 6;
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final int PACK = 6; // readings of a CoAP device's post
  private static final long BUDGET_KIB = 165 * 1024;

  private static final String SITE =
      """
      schema: 1
      site: { id: THOUSAND-1, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: mqtt://x, tenant: bench, compress: none, spread: 0s, accept: [plaintext, anonymous] }
      buses:
        coap: { driver: coap, listen: 127.0.0.1:5683 }
        field: { driver: mqtt, url: mqtt://127.0.0.1:1, accept: [plaintext, anonymous] }
      assets:
        c0..499:   { kind: generic, points: { p1..3: { unit: "/" } }, at: coap/c0..499 }
        c500..999: { kind: generic, points: { p1..3: { unit: "/" } }, at: coap/c500..999 }
        m0..499:   { kind: generic, points: { p1: { unit: "/" } }, profile: json-vt, at: field/m0..499 }
        m500..998: { kind: generic, points: { p1: { unit: "/" } }, profile: json-vt, at: field/m500..998 }
      """;

  @TempDir private Path folder;

  @Test
  void allThatTheySayReachesTheCity() throws Exception {
    int port = FreePort.udp();
    var site = Files.writeString(folder.resolve("site.yaml"), SITE);
    try (var field = Mosquitto.start();
        var broker = Mosquitto.start();
        var city = City.at(broker.port());
        var gateway =
            GatewayProcess.run(
                site.toString(),
                folder.resolve("data"),
                "none",
                "uplink.url=" + broker.url(),
                "buses.field.url=" + field.url(),
                "buses.coap.listen=127.0.0.1:" + port)) {
      long idle = kib(gateway, "VmRSS:");
      var before = cpu(gateway);
      var devices = devices(port);
      var street =
          new MqttAsyncClient(
              field.url().replace("mqtt:", "tcp:"), "street", new MemoryPersistence());
      street.connect().waitForCompletion(10_000);
      for (int round = 0; round < ROUNDS; round++) {
        speak(devices, street, round);
      }
      int all = ROUNDS * (COAP * PACK + MQTT);
      Await.until(
          "all at the city",
          () -> city.count() >= all,
          Duration.ofSeconds(60),
          () -> "%d of %d; %s".formatted(city.count(), all, gateway.said()));
      assertThat(assets(city)).hasSize(COAP + MQTT);
      long rss = kib(gateway, "VmRSS:");
      System.out.printf(
          "thousand devices: %d by CoAP, %d by MQTT, %d readings; RSS %d MB, %d MB before;"
              + " %.1f ms CPU per 1,000 readings%n",
          COAP, MQTT, all, rss / 1024, idle / 1024, (cpu(gateway) - before) * 1e3 / (all / 1e3));
      street.disconnectForcibly(0, 0, false);
      street.close(true);
      for (var device : devices) {
        device.close();
      }
      assertThat(rss).as("KiB").isLessThan(BUDGET_KIB);
      assertThat(gateway.stop()).isZero();
    }
  }

  private static List<CoapDevice> devices(int port) throws IOException {
    var devices = new ArrayList<CoapDevice>();
    for (int i = 0; i < COAP; i++) {
      devices.add(new CoapDevice("c" + i, port, 20));
    }
    return devices;
  }

  /** Each once, spread over the round. */
  private static void speak(List<CoapDevice> devices, MqttAsyncClient street, int round)
      throws Exception {
    long began = System.nanoTime();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var posts =
          IntStream.range(0, COAP)
              .mapToObj(
                  i ->
                      threads.submit(
                          (Callable<Void>)
                              () -> {
                                Thread.sleep(EVERY.toMillis() * i / COAP);
                                devices.get(i).post();
                                return null;
                              }))
              .toList();
      for (int i = 0; i < MQTT; i++) {
        var said = "{\"v\":%d,\"t\":%d}".formatted(round, System.currentTimeMillis());
        street
            .publish("field/m" + i + "/p1", new MqttMessage(said.getBytes(UTF_8)))
            .waitForCompletion();
        Thread.sleep(EVERY.toMillis() / MQTT - 1);
      }
      for (var post : posts) {
        post.get();
      }
    }
    Thread.sleep(Math.max(0, EVERY.toMillis() - (System.nanoTime() - began) / 1_000_000));
  }

  private static Set<String> assets(City city) {
    var assets = new HashSet<String>();
    for (var point : city.readings().keySet()) {
      assets.add(point.substring(0, point.indexOf('/')));
    }
    assets.remove("cabinet");
    return assets;
  }

  private static long kib(GatewayProcess gateway, String what) throws IOException {
    try (var lines = Files.lines(Path.of("/proc/%d/status".formatted(gateway.pid())))) {
      return lines
          .filter(line -> line.startsWith(what))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElseThrow();
    }
  }

  /** Seconds that its threads have worked. */
  private static double cpu(GatewayProcess gateway) {
    return ProcessHandle.of(gateway.pid())
            .flatMap(handle -> handle.info().totalCpuDuration())
            .orElseThrow()
            .toMillis()
        / 1e3;
  }
}
