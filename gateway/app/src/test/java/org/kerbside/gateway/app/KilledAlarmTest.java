package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The real process is killed while an alarm stands, which a person has acknowledged. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(120)
class KilledAlarmTest {

  private static final String ACKNOWLEDGE =
      "{\"v\":1,\"id\":\"k-1\",\"op\":\"ack\",\"alarm\":\"a7/high\",\"by\":\"dispatch:test\","
          + "\"reason\":\"seen\",\"issued\":1790000000,\"expires\":4000000000}";

  private static final Duration SOON = Duration.ofSeconds(30);

  @TempDir private Path data;
  private Town town;

  @BeforeEach
  void openTheTown() throws Exception {
    town = Town.open(Mosquitto.Memory.PERSISTS);
  }

  @AfterEach
  void closeTheTown() throws Exception {
    town.close();
  }

  @Test
  void itIsRaisedOnceAcknowledgedOnceAndClearedOnce() throws Exception {
    int port = FreePort.tcp();
    try (var first = run("127.0.0.1:" + port)) {
      town.field().publish("field/a7/p0", "{\"v\":99}", 1);
      await("raised", first);
      town.broker().publish("kerbside/1/bench/BENCH-1/c/k-1", ACKNOWLEDGE, 1);
      await("acknowledged", first);
      awaitWeek("before the kill", port, first); // The city may have it a moment before the page.
      first.kill();
    }
    try (var second = run("127.0.0.1:" + port)) {
      awaitWeek("after it", port, second);
      town.field().publish("field/a7/p0", "{\"v\":98}", 1);
      town.field().publish("field/a8/p0", "{\"v\":99}", 1);
      Await.until("the other is raised", () -> !changes("a8/high").isEmpty(), SOON, second::said);
      assertThat(changes("a7/high")).containsExactly("raised", "acknowledged");
      town.field().publish("field/a7/p0", "{\"v\":10}", 1);
      await("cleared", second);
      assertThat(changes("a7/high")).containsExactly("raised", "acknowledged", "cleared");
      assertThat(second.stop()).isZero();
    }
  }

  private static void awaitWeek(String when, int port, GatewayProcess gateway) throws Exception {
    Await.until(
        "the page's week has both " + when,
        () -> {
          var week = get("http://127.0.0.1:%d/alarms?show=week&lang=en".formatted(port));
          return week.contains("Raised") && week.contains("Acknowledged · ");
        },
        SOON,
        gateway::said);
  }

  private void await(String change, GatewayProcess gateway) throws Exception {
    Await.until(
        change, () -> changes("a7/high").contains(change), SOON, () -> gateway.said() + told());
  }

  private List<String> changes(String alarm) {
    return town.city().frames("e").values().stream()
        .filter(frame -> frame.json().path("id").asString("").equals(alarm))
        .map(frame -> frame.json().path("change").asString(""))
        .toList();
  }

  private static String get(String url) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      var request = HttpRequest.newBuilder(URI.create(url)).build();
      return client.send(request, HttpResponse.BodyHandlers.ofString()).body();
    }
  }

  private String told() {
    return town.city().frames("e").values().toString();
  }

  private GatewayProcess run(String page) throws Exception {
    return GatewayProcess.run(
        "mqtt-field.yaml",
        data,
        page,
        "uplink.url=" + town.broker().url(),
        "buses.field.url=" + town.field().url());
  }
}
