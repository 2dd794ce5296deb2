package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;
import tools.jackson.databind.JsonNode;

/**
 * The real process under a wall clock that lies: boots in 1970, is set right, jumps ten years on
 * and ten years back, under load. The monotonic clock is left alone, as on a board.
 */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub", "libfaketimeMT.so.1"})
@Timeout(180)
class ClockJumpTest {

  @TempDir private Path folder;
  private Town town;
  private Mosquitto field;
  private Mosquitto broker;
  private City city;
  private Sensors sensors;

  @BeforeEach
  void openTheStreet() throws Exception {
    town = Town.open(Mosquitto.Memory.PERSISTS);
    field = town.field();
    broker = town.broker();
    city = town.city();
    sensors = town.sensors();
  }

  @AfterEach
  void closeTheStreet() throws Exception {
    town.close();
  }

  @Test
  void aClockThatWakesIn1970AndJumpsByTenYearsStopsAndRaisesNothing() throws Exception {
    var epoch = Duration.between(Instant.now(), Instant.EPOCH.plusSeconds(300));
    shift("%d".formatted(epoch.toSeconds()));
    try (var gateway = run()) {
      var going = new AtomicBoolean(true);
      var load = load(going);
      field.publish("field/a7/p0", "{\"v\":99}", 1); // an alarm that stays up
      Await.until("readings flow in 1970", () -> city.count() > 200);
      assertThat(state()).isEqualTo("none");
      assertThat(refusal("c-1970")).isEqualTo("clock");

      shift("+0");
      Await.until("the time is known", () -> !clockEvents("mapped").isEmpty());
      Await.until("the city is told", () -> !state().equals("none"));
      assertThat(refusal("c-now")).as("judged, and not writable").isEqualTo("not-allowed");

      jump("+10y", 1);
      jump("-10y", 2);
      jump("+0", 3);
      going.set(false);
      load.join();
      sensors.settle();
      Await.until(
          "all %d readings and the alarm's".formatted(sensors.sent()),
          () -> city.count() >= sensors.sent() + 1,
          Duration.ofMinutes(1),
          gateway::said);
      assertThat(gateway.stop()).isZero();
    }
    everyReadingOnceAndInOrder();
    theAlarmWasRaisedOnceAndNeverCleared();
    theMappingFitsTheFramesOf1970();
    everyLaterFrameTellsTheRightTime();
    assertThat(city.on("state"))
        .as("the connection held")
        .noneMatch(message -> message.payload().contains("\"lost\""));
  }

  /** The faked clock's distance from the real one, as libfaketime reads it at every call. */
  private void shift(String distance) throws IOException {
    var fresh = folder.resolve("clock.new");
    Files.writeString(fresh, distance + "\n");
    Files.move(fresh, folder.resolve("clock"), StandardCopyOption.ATOMIC_MOVE);
  }

  private void jump(String distance, int jumps) throws Exception {
    int before = city.count();
    shift(distance);
    Await.until("the jump is told", () -> clockEvents("step").size() == jumps);
    Await.until("readings flow on", () -> city.count() > before + 300);
  }

  private GatewayProcess run() throws Exception {
    var faked =
        Map.of(
            "LD_PRELOAD",
            Peer.path("libfaketimeMT.so.1").toString(),
            "FAKETIME_TIMESTAMP_FILE",
            folder.resolve("clock").toString(),
            "FAKETIME_DONT_FAKE_MONOTONIC",
            "1",
            // Else waits by the monotonic clock are taken for waits by the wall's, and never end.
            "FAKETIME_FORCE_MONOTONIC_FIX",
            "0",
            "FAKETIME_NO_CACHE",
            "1");
    return GatewayProcess.run(
        faked,
        "mqtt-field.yaml",
        folder.resolve("data"),
        "none",
        "uplink.url=" + broker.url(),
        "buses.field.url=" + field.url());
  }

  private Thread load(AtomicBoolean going) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (going.get()) {
                  sensors.send(10);
                  Thread.sleep(40);
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private String state() {
    return city.on("state").getLast().json().get("clock").asString();
  }

  /** What the city is told of a command that is good for an hour. */
  private String refusal(String id) throws Exception {
    var prefix = city.on("state").getLast().topic().replaceFirst("/state$", "");
    var command =
        "{\"v\":1,\"id\":\"%s\",\"op\":\"set\",\"point\":\"a0/p0\",\"value\":1,\"by\":\"x\",\"expires\":%d}"
            .formatted(id, Instant.now().plusSeconds(3_600).getEpochSecond());
    broker.publish(prefix + "/c/" + id, command, 1);
    Await.until("an answer to " + id, () -> !results(id).isEmpty());
    return results(id).getFirst().get("reason").asString();
  }

  private List<JsonNode> results(String id) {
    return events("result").filter(result -> result.get("id").asString().equals(id)).toList();
  }

  private List<JsonNode> clockEvents(String change) {
    return events("clock").filter(event -> event.get("change").asString().equals(change)).toList();
  }

  private Stream<JsonNode> events(String kind) {
    return city.on("e").stream()
        .map(City.Message::json)
        .filter(event -> event.get("kind").asString().equals(kind));
  }

  private void everyReadingOnceAndInOrder() {
    var readings = city.readings();
    for (int point = 0; point < Sensors.POINTS; point++) {
      int expected = (sensors.sent() - point + Sensors.POINTS - 1) / Sensors.POINTS;
      assertThat(readings.getOrDefault(Sensors.point(point), List.of()))
          .as(Sensors.point(point))
          .extracting(told -> told.value().asInt())
          .isEqualTo(IntStream.range(0, expected).boxed().toList());
    }
  }

  private void theAlarmWasRaisedOnceAndNeverCleared() {
    assertThat(city.frames("e").values())
        .extracting(City.Message::json)
        .filteredOn(event -> event.get("kind").asString().equals("alarm"))
        .extracting(event -> event.get("id").asString() + " " + event.get("change").asString())
        .containsExactly("a7/high raised");
  }

  private void theMappingFitsTheFramesOf1970() {
    var mapped = clockEvents("mapped").getFirst();
    var blind =
        city.frames("d").values().stream()
            .map(City.Message::json)
            .filter(frame -> frame.get("clock").asString().equals("none"))
            .toList();
    assertThat(blind).isNotEmpty();
    double zero = mapped.get("zero").asDouble();
    double now = Instant.now().toEpochMilli() / 1e3;
    for (var frame : blind) {
      assertThat(frame.get("boot")).isEqualTo(mapped.get("boot"));
      assertThat(zero + frame.get("up").asDouble()).isBetween(now - 170, now);
      frame.get("m").forEach(told -> assertThat(told.path("t").asDouble(0)).isBetween(-60.0, 0.0));
    }
  }

  private void everyLaterFrameTellsTheRightTime() {
    double now = Instant.now().toEpochMilli() / 1e3;
    for (var frame : city.frames("d").values()) {
      if (!frame.json().get("clock").asString().equals("none")) {
        for (var told : frame.json().get("m")) {
          if (told.has("bt")) {
            assertThat(told.get("bt").asDouble()).isBetween(now - 170, now + 60);
          }
        }
      }
    }
  }
}
