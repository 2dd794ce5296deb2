package org.kerbside.deploy.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Peer;

/** Somebody at the city's end, with mosquitto's own programs and the greeting's own words. */
final class City implements AutoCloseable {

  static final String PREFIX = "kerbside/1/demo/CD-QY-0173/";

  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private final int port;
  private final Process subscriber;
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private City(int port) throws IOException {
    this.port = port;
    subscriber =
        Peer.start(
            "stdbuf",
            List.of(
                "-oL",
                "mosquitto_sub",
                "-p",
                String.valueOf(port),
                "-V",
                "mqttv5",
                "-t",
                "kerbside/1/#",
                "-v"));
    Thread.ofVirtual().start(this::listen);
  }

  /** Subscribes, and hears of the gateway. */
  static City at(int port) throws Exception {
    var city = new City(port);
    city.await("state", text -> true);
    return city;
  }

  /** The first message of that topic that is so. */
  String await(String topic, Predicate<String> isSo) throws Exception {
    Await.until(
        topic,
        () -> on(topic).stream().anyMatch(isSo),
        PATIENCE,
        () -> String.join("\n", on(topic)));
    return on(topic).stream().filter(isSo).findFirst().orElseThrow();
  }

  List<String> on(String topic) {
    var start = PREFIX + topic + " ";
    return heard.stream()
        .filter(line -> line.startsWith(start))
        .map(line -> line.substring(start.length()))
        .toList();
  }

  /** Gives an order that is good until 2100. */
  void order(String id, String point, String value) throws Exception {
    var order =
        """
        {"v":1,"id":"%s","op":"set","point":"%s","value":%s,"by":"dispatch:test",\
        "expires":4102444800,"lease":3600}"""
            .formatted(id, point, value);
    Peer.run(
        "mosquitto_pub",
        List.of(
            "-p",
            String.valueOf(port),
            "-V",
            "mqttv5",
            "-q",
            "1",
            "-t",
            PREFIX + "c/" + id,
            "-m",
            order));
  }

  @Override
  public void close() {
    subscriber.destroyForcibly().onExit().join();
  }

  private void listen() {
    try (var lines =
        new BufferedReader(
            new InputStreamReader(subscriber.getInputStream(), StandardCharsets.UTF_8))) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        heard.add(line);
      }
    } catch (IOException gone) {
      heard.add("(gone)");
    }
  }
}
