package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The main job on real input: MQTT sensors, the real gateway, a real city. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(240)
class MainJobTest {

  @TempDir private Path data;
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
  void tenThousandReadingsArriveAllOfThemInOrderWithoutHoles() throws Exception {
    try (var gateway = run()) {
      sensors.send(10_000);
      sensors.settle();
      await(sensors.sent());
      assertThat(gateway.stop()).isZero();
    }
    everyReadingOnceAndInOrder();
  }

  @Test
  void aMinuteWithoutTheCityLosesNothing() throws Exception {
    final int early;
    try (var gateway = run()) {
      var going = new AtomicBoolean(true);
      var load = load(going);
      Await.until("readings flow", () -> city.count() > 500);
      broker.stop();
      int before = sensors.sent();
      Thread.sleep(Duration.ofSeconds(60));
      field.publish("field/a7/p0", "{\"v\":99}", 1); // raises an alarm while the city is away
      Thread.sleep(1_000);
      assertThat(sensors.sent()).as("readings during the outage").isGreaterThan(before + 5_000);
      early = city.on("h").size(); // what was committed before the first connection stood
      broker.restart();
      Await.until(
          "the city hears of it",
          () -> city.on("h").size() > early,
          Duration.ofMinutes(3),
          gateway::said);
      going.set(false);
      load.join();
      sensors.settle();
      await(sensors.sent() + 1); // and the alarm's
      assertThat(gateway.stop()).isZero();
    }
    everyReadingOnceAndInOrder();
    seqRisesOnEachTopic();
    alarmsCameBeforeTheBacklog(early);
  }

  private GatewayProcess run() throws Exception {
    return GatewayProcess.run(
        "mqtt-field.yaml",
        data,
        "none",
        "uplink.url=" + broker.url(),
        "buses.field.url=" + field.url());
  }

  /** About a thousand readings a second until it is told to end. */
  private Thread load(AtomicBoolean going) {
    return Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (going.get()) {
                  sensors.send(10);
                  Thread.sleep(10);
                }
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  private void await(int readings) throws Exception {
    Await.until(
        "all %d readings at the city".formatted(readings),
        () -> city.count() >= readings,
        Duration.ofMinutes(2),
        () -> "but " + city.count());
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

  private void seqRisesOnEachTopic() {
    for (var topic : List.of("d", "h", "e")) {
      long last = 0;
      long highest = 0;
      for (var message : city.on(topic)) {
        long seq = message.json().get("seq").asLong();
        if (seq > highest) {
          assertThat(seq).as("seq on %s", topic).isGreaterThan(last);
          highest = seq;
        }
        last = seq;
      }
    }
  }

  private void alarmsCameBeforeTheBacklog(int early) {
    var order = city.messages(m -> m.leaf().equals("h") || (m.leaf().equals("e") && isAlarm(m)));
    assertThat(order.get(early).leaf()).as("the first after the outage").isEqualTo("e");
  }

  private static boolean isAlarm(City.Message message) {
    return message.json().path("id").asString("").equals("a7/high");
  }
}
