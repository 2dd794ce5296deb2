package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The main job through CoAP: libcoap's client, the real gateway, a real city. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub", "coap-client-notls"})
@Timeout(120)
class CoapJobTest {

  private static final int PACKS = 16;

  @TempDir private Path data;
  @TempDir private Path packs;
  private int port;
  private Mosquitto broker;
  private City city;
  private List<CoapSensor> sensors;

  @BeforeEach
  void openTheStreet() throws Exception {
    port = FreePort.udp();
    broker = Mosquitto.start(Mosquitto.Memory.PERSISTS, List.of());
    city = City.at(broker.port());
    sensors =
        List.of("a1", "a2", "a3", "a4").stream()
            .map(device -> new CoapSensor(device, port, packs))
            .toList();
  }

  @AfterEach
  void closeTheStreet() {
    city.close();
    broker.close();
  }

  @Test
  void someHundredReadingsArriveAllOfThemInOrderWithoutHoles() throws Exception {
    try (var gateway = run()) {
      together(
          sensor -> {
            for (int i = 0; i < PACKS; i++) {
              sensor.post();
            }
          });
      assertThat(acknowledged()).isEqualTo(sensors.size() * PACKS);
      awaitAll();
      assertThat(gateway.stop()).isZero();
    }
    sensors.forEach(sensor -> sensor.isWholeAt(city));
  }

  /** The acknowledgement was lost, then the gateway; the same bytes come from the same port. */
  @Test
  void aRepetitionAcrossAKillIsAcknowledgedAndNotTakenTwice() throws Exception {
    byte[] first = telegram(1, new Pack.Told("p0", 7, System.currentTimeMillis()));
    byte[] next = telegram(2, new Pack.Told("p0", 8, System.currentTimeMillis()));
    try (var sensor = new DatagramSocket()) {
      sensor.setSoTimeout(10_000);
      try (var gateway = run()) {
        assertThat(answer(sensor, first)).isEqualTo("62440001" + "beef"); // 2.04
        gateway.kill();
      }
      try (var gateway = run()) {
        assertThat(answer(sensor, first)).isEqualTo("62440001" + "beef");
        assertThat(answer(sensor, next)).isEqualTo("62440002" + "beef");
        Await.until("both", () -> city.soFar().getOrDefault("a1/p0", List.of()).size() >= 2);
        assertThat(gateway.stop()).isZero();
      }
    }
    assertThat(city.readings().get("a1/p0"))
        .extracting(told -> told.value().asInt())
        .containsExactly(7, 8);
  }

  private GatewayProcess run() throws Exception {
    return GatewayProcess.run(
        "coap-field.yaml",
        data,
        "none",
        "uplink.url=" + broker.url(),
        "buses.coap.listen=127.0.0.1:" + port);
  }

  private int acknowledged() {
    return sensors.stream().mapToInt(CoapSensor::acknowledged).sum();
  }

  private void awaitAll() throws Exception {
    Await.until(
        "all readings at the city",
        () -> city.count() >= acknowledged() * CoapSensor.PACK,
        Duration.ofSeconds(30),
        () -> "but %d of %d".formatted(city.count(), acknowledged() * CoapSensor.PACK));
  }

  /** What each sensor does, all of them at once. */
  private void together(Work work) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running = new ArrayList<Future<?>>();
      for (var sensor : sensors) {
        running.add(
            threads.submit(
                () -> {
                  work.by(sensor);
                  return sensor;
                }));
      }
      for (var one : running) {
        one.get();
      }
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }

  private interface Work {
    void by(CoapSensor sensor) throws Exception;
  }

  /** Confirmable POST /s/a1, format 110, token beef. */
  private static byte[] telegram(int messageId, Pack.Told told) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(HexFormat.of().parseHex("4202%04x".formatted(messageId)));
    bytes.writeBytes(HexFormat.of().parseHex("beef" + "b173"));
    bytes.write(2);
    bytes.writeBytes("a1".getBytes(US_ASCII));
    bytes.writeBytes(HexFormat.of().parseHex("116e" + "ff"));
    bytes.writeBytes(Pack.of(Pack.JSON, List.of(told)));
    return bytes.toByteArray();
  }

  private String answer(DatagramSocket sensor, byte[] telegram) throws Exception {
    var gateway = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    sensor.send(new DatagramPacket(telegram, telegram.length, gateway));
    var packet = new DatagramPacket(new byte[1500], 1500);
    sensor.receive(packet);
    return HexFormat.of().formatHex(packet.getData(), 0, packet.getLength());
  }
}
