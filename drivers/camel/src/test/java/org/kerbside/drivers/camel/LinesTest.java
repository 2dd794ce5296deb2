package org.kerbside.drivers.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.RecordingInlet.Answer;
import org.kerbside.gateway.model.Value;

/** Datagrams, and lines over TCP. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LinesTest {

  private static final InetAddress HERE = InetAddress.getLoopbackAddress();

  private final RecordingInlet inlet = new RecordingInlet();

  @Test
  void eachObjectOfADatagramIsItsDevices() throws Exception {
    int port = FreePort.udp();
    try (var field = field("udp", port);
        var sender = new DatagramSocket()) {
      field.open(inlet);
      send(
          sender,
          port,
          "{\"id\":\"B1\",\"d\":1}\n{\"id\":\"B2\",\"d\":2}\n[{\"id\":\"B1\",\"d\":3}]");
      Await.until("both", () -> inlet.size() == 2);
      assertThat(inlet.deliveries()).extracting(Delivery::device).containsExactly("B1", "B2");
      assertThat(inlet.samples())
          .extracting(Sample::value)
          .containsExactly(new Value.Num(1), new Value.Num(3), new Value.Num(2));
    }
  }

  /** Larger than netty's usual 2,048 bytes. */
  @Test
  void aLargeDatagramIsWhole() throws Exception {
    int port = FreePort.udp();
    try (var field = field("udp", port);
        var sender = new DatagramSocket()) {
      field.open(inlet);
      send(sender, port, "{\"id\":\"B1\",\"x\":\"%s\",\"d\":1}".formatted("x".repeat(9_000)));
      Await.until("a delivery", () -> inlet.size() == 1);
    }
  }

  /** An answer would go to whoever is named as the sender, which may be a victim. */
  @Test
  void aDatagramIsNeverAnswered() throws Exception {
    int port = FreePort.udp();
    try (var field = field("udp", port);
        var sender = new DatagramSocket()) {
      field.open(inlet);
      sender.setSoTimeout(300);
      send(sender, port, "no JSON");
      Await.until("a report", () -> inlet.reports().size() == 1);
      send(sender, port, "{\"id\":\"B1\",\"d\":1}");
      Await.until("a delivery", () -> inlet.size() == 1);
      Assertions.assertThatThrownBy(() -> sender.receive(new DatagramPacket(new byte[100], 100)))
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  /** Nobody there can wait: what finds no room is lost, and what comes later is not. */
  @Test
  void whatFindsNoRoomDelaysNothing() throws Exception {
    int port = FreePort.udp();
    try (var field = field("udp", port);
        var sender = new DatagramSocket()) {
      field.open(inlet);
      inlet.answer(Answer.FULL);
      send(sender, port, "{\"id\":\"B1\",\"d\":1}");
      send(sender, port, "no JSON");
      Await.until("what came behind it", () -> inlet.reports().size() == 1);
      inlet.answer(Answer.KEEP);
      send(sender, port, "{\"id\":\"B1\",\"d\":2}");
      Await.until("a delivery", () -> inlet.size() == 1);
      assertThat(inlet.samples()).extracting(Sample::value).containsExactly(new Value.Num(2));
    }
  }

  @Test
  void aStreamIsTakenApartIntoLines() throws Exception {
    int port = FreePort.tcp();
    try (var field = field("tcp", port);
        var socket = connected(field, port)) {
      var out = socket.getOutputStream();
      out.write("{\"id\":\"B1\",\"d\":1}\r\n{\"id\":".getBytes(UTF_8));
      out.flush();
      Await.until("the first line", () -> inlet.size() == 1);
      out.write("\"B2\",\"d\":2}\n".getBytes(UTF_8));
      out.flush();
      Await.until("the second", () -> inlet.size() == 2);
    }
  }

  private Socket connected(CamelField field, int port) throws Exception {
    field.open(inlet);
    return new Socket(HERE, port);
  }

  @Test
  void aTakenPortIsTold() throws Exception {
    try (var taken = new DatagramSocket(new InetSocketAddress(HERE, 0));
        var field = field("udp", taken.getLocalPort())) {
      Assertions.assertThatThrownBy(() -> field.open(inlet))
          .isInstanceOf(Unavailable.class)
          .hasMessageContaining("netty:udp://127.0.0.1:" + taken.getLocalPort())
          .hasMessageContaining("in use");
    }
  }

  private static CamelField field(String protocol, int port) {
    return Bench.field(
        "{ driver: camel, from: 'netty:%s://127.0.0.1:%d', address: /id }"
            .formatted(protocol, port),
        Bench.devices(Bench.JSON, "B1", "B2"));
  }

  private static void send(DatagramSocket sender, int port, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    sender.send(new DatagramPacket(bytes, bytes.length, HERE, port));
  }
}
