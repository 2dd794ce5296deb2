package org.kerbside.drivers.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.RecordingInlet.Answer;
import org.kerbside.drivers.testkit.RecordingInlet.Report;

/** Requests by HTTP, answered when they are kept. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RequestsTest {

  private final RecordingInlet inlet = new RecordingInlet();
  private final HttpClient client = HttpClient.newHttpClient();
  private final int port = FreePort.tcp();
  private final CamelField field =
      Bench.field(
          "{ driver: camel, from: 'netty-http:127.0.0.1:%d/r', address: '/r/{address}' }"
              .formatted(port),
          Bench.devices(Bench.JSON, "B1", "B2"));

  RequestsTest() throws IOException {}

  @BeforeEach
  void open() throws Exception {
    field.open(inlet);
  }

  @AfterEach
  void close() {
    field.close();
    client.close();
  }

  @Test
  void isAnsweredOnlyOnceItIsKept() throws Exception {
    inlet.answer(Answer.HOLD);
    var answer = post("/r/B1", "{\"t\":1790000000,\"d\":87.5}");
    Await.until("a delivery", () -> inlet.size() == 1);
    assertThat(answer).isNotDone();
    inlet.keepHeld();
    assertThat(answer.get().statusCode()).isEqualTo(204);
    assertThat(inlet.deliveries()).extracting(Delivery::device).containsExactly("B1");
  }

  @Test
  void isToldToComeLaterWhenThereIsNoRoomAndWhenTheDiskRefuses() throws Exception {
    inlet.answer(Answer.FULL);
    isLater(post("/r/B1", "{\"d\":1}").get());
    inlet.answer(Answer.REFUSE);
    isLater(post("/r/B1", "{\"d\":1}").get());
    inlet.answer(Answer.KEEP);
    assertThat(post("/r/B1", "{\"d\":1}").get().statusCode()).isEqualTo(204);
  }

  private static void isLater(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
  }

  @Test
  void whatSaysNothingIsToldWhy() throws Exception {
    var answer = post("/r/B1", "{\"d\":\"high\"}").get();
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.body()).isEqualTo("'/d' is 'high': expected a finite number\n");
    assertThat(post("/r/B9", "{\"d\":1}").get().statusCode()).isEqualTo(400);
    assertThat(post("/r/B1", "").get().statusCode()).isEqualTo(400);
    assertThat(post("/elsewhere", "{\"d\":1}").get().statusCode()).isEqualTo(404);
    assertThat(inlet.size()).isZero();
    assertThat(inlet.reports())
        .extracting(Report::what)
        .containsExactly("malformed", "unknown-device", "malformed");
  }

  @Test
  void whatIsTooLargeIsRefusedBeforeItIsRead() throws Exception {
    assertThat(post("/r/B1", " ".repeat(Taking.MOST_BYTES + 1)).get().statusCode()).isEqualTo(413);
    assertThat(post("/r/B1", "{\"d\":1}").get().statusCode()).isEqualTo(204);
  }

  @Test
  void isReadByNoOtherMethod() throws Exception {
    var asked = HttpRequest.newBuilder(at("/r/B1")).GET().build();
    assertThat(client.send(asked, BodyHandlers.ofString()).statusCode()).isEqualTo(405);
  }

  /** CVE-2025-27636 and those after it: what the network calls itself is nothing to us. */
  @Test
  void aHeaderFromTheNetworkSteersNothing() throws Exception {
    var request =
        HttpRequest.newBuilder(at("/r/B1?CamelHttpPath=/r/B2"))
            .header("CamelHttpPath", "/r/B2")
            .header("CAmelHttpUri", "/r/B2")
            .header("camelfilename", "B2")
            .header("kerbside-shelf", "../..")
            .POST(BodyPublishers.ofString("{\"d\":1}"))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(inlet.deliveries()).extracting(Delivery::device).containsExactly("B1");
    assertThat(answer.headers().map().keySet())
        .noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("camel"));
  }

  @Test
  void theSameDatedBytesAreTheSameMessage() throws Exception {
    post("/r/B1", "{\"t\":1790000000,\"d\":1}").get();
    post("/r/B1", "{\"t\":1790000000,\"d\":1}").get();
    post("/r/B1", "{\"d\":1}").get();
    var keys = new ArrayList<>(inlet.deliveries().stream().map(Delivery::key).toList());
    assertThat(keys.get(0)).isNotNull().isEqualTo(keys.get(1));
    assertThat(keys.get(2)).isNull();
  }

  @Test
  void whoeverWaitsWhenWeStopIsToldToComeAgain() throws Exception {
    inlet.answer(Answer.HOLD);
    var answer = post("/r/B1", "{\"d\":1}");
    Await.until("a delivery", () -> inlet.size() == 1);
    field.close();
    isLater(answer.get());
  }

  @Test
  void noMoreConnectionsThanTheHouseHasRoomFor() throws Exception {
    var sockets = new ArrayList<Socket>();
    try {
      for (int i = 0; i < Gate.MOST; i++) {
        sockets.add(new Socket(InetAddress.getLoopbackAddress(), port));
      }
      try (var more = new Socket(InetAddress.getLoopbackAddress(), port)) {
        more.setSoTimeout(5_000);
        assertThat(more.getInputStream().read()).isEqualTo(-1);
      }
      sockets.removeFirst().close();
      Await.until("room", () -> post("/r/B1", "{\"d\":1}").handle((a, e) -> e == null).get());
    } finally {
      for (var socket : sockets) {
        socket.close();
      }
    }
  }

  /** Java's serialised objects are bytes like any others. */
  @Test
  void aSerialisedObjectIsNoMessage() throws Exception {
    var bytes = new ByteArrayOutputStream();
    try (var objects = new ObjectOutputStream(bytes)) {
      objects.writeObject(new ArrayList<>());
    }
    var request =
        HttpRequest.newBuilder(at("/r/B1"))
            .header("Content-Type", "application/x-java-serialized-object")
            .POST(BodyPublishers.ofByteArray(bytes.toByteArray()))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(400);
  }

  private CompletableFuture<HttpResponse<String>> post(String path, String body) {
    var request = HttpRequest.newBuilder(at(path)).POST(BodyPublishers.ofString(body)).build();
    return client.sendAsync(request, BodyHandlers.ofString());
  }

  private URI at(String path) {
    return URI.create("http://127.0.0.1:%d%s".formatted(port, path));
  }
}
