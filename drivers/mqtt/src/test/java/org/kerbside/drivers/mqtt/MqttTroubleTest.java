package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.kerbside.drivers.testkit.Assets.asset;
import static org.kerbside.drivers.testkit.Assets.num;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Device;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.gateway.model.Unit;

/** Field brokers that do not do what they should. */
@Timeout(30)
class MqttTroubleTest {

  private static final Instant NOW = Instant.parse("2026-09-21T14:13:20Z");
  private static final long MOMENT = 4_000_000_000L; // two seconds, and what a loaded machine adds

  private final RecordingInlet inlet = new RecordingInlet();

  /** Paho has no deadline for CONNACK: a broker that hangs would hang us for good. */
  @Test
  void aBrokerThatSaysNothingIsGivenUpAndTriedAgain() throws Exception {
    try (var broker = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        var field = field(broker.getLocalPort(), null, Duration.ofMillis(300))) {
      var calls = accept(broker);
      field.open(inlet);
      Await.until("a second call", () -> calls.size() >= 2);
      calls.getFirst().setSoTimeout(10_000);
      assertThatCode(() -> calls.getFirst().getInputStream().readAllBytes())
          .as("the first line is hung up")
          .doesNotThrowAnyException();
    }
  }

  @Test
  void neitherOpeningNorClosingWaitsForABrokerThatSaysNothing() throws Exception {
    try (var broker = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
      var field = field(broker.getLocalPort(), null, Connection.ANSWER);
      var calls = accept(broker);
      long asked = System.nanoTime();
      field.open(inlet);
      assertThat(System.nanoTime() - asked).isLessThan(MOMENT);
      Await.until("a call", () -> !calls.isEmpty());
      asked = System.nanoTime();
      field.close();
      assertThat(System.nanoTime() - asked).isLessThan(MOMENT);
    }
  }

  @Test
  @NeedsPeer({"mosquitto", "mosquitto_passwd"})
  void aWrongPasswordIsToldOnce(@TempDir Path folder) throws Exception {
    var passwords = Files.createFile(folder.resolve("passwords"));
    Peer.run("mosquitto_passwd", List.of("-b", passwords.toString(), "gateway", "right"));
    var settings = List.of("allow_anonymous false", "password_file " + passwords);
    var stream = System.err;
    var said = new ByteArrayOutputStream();
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try (var broker = Mosquitto.start(Mosquitto.Memory.FORGETS, settings);
        var field = field(broker.port(), "wrong", Connection.ANSWER)) {
      field.open(inlet);
      Await.until("three tries", () -> broker.log().split("not authorised", -1).length > 3);
      assertThat(said.toString(StandardCharsets.UTF_8).lines())
          .filteredOn(line -> line.contains("bus field"))
          .singleElement()
          .satisfies(
              line ->
                  assertThat(line).contains("the broker refuses us: user or password is wrong"));
    } finally {
      System.setErr(stream);
    }
  }

  private static List<Socket> accept(ServerSocket broker) {
    var calls = Collections.synchronizedList(new ArrayList<Socket>());
    Thread.ofVirtual()
        .start(
            () -> {
              try {
                while (true) {
                  calls.add(broker.accept());
                }
              } catch (IOException closed) {
                // The test is over.
              }
            });
    return calls;
  }

  private static MqttField field(int port, @Nullable String password, Duration answer) {
    var device =
        new Device(
            "field", "b1", Written.word("field/b1"), asset("b1", num("p0", Unit.METRE)), null);
    return new MqttField(
        new FieldBroker(
            new MqttBus("field", "127.0.0.1", port, password == null ? null : "gateway", password),
            "kerbside-BENCH-1-field",
            answer),
        List.of(device),
        () -> NOW);
  }
}
