package org.kerbside.drivers.coap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.drivers.testkit.Assets.asset;
import static org.kerbside.drivers.testkit.Assets.num;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Text;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.CoapClient;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.gateway.model.Unit;

/** libcoap's client, by OpenSSL, with the right key, with another, and with another's. */
@NeedsPeer("coap-client-openssl")
class CoapDtlsTest {

  private static final String KEY = "sixteen-bytes-ok";
  private static final String OTHER = "sixteen-bytes-no";

  @TempDir Path folder;

  private final RecordingInlet inlet = new RecordingInlet();
  private int port;
  private CoapField field = field(5684);

  @BeforeEach
  void open() throws Exception {
    port = FreePort.udp();
    field = field(port);
    field.open(inlet);
  }

  @AfterEach
  void close() {
    field.close();
  }

  @Test
  void whoHasTheKeySpeaks() throws Exception {
    assertThat(post("A81", "A81", KEY)).startsWith("2.04");
    assertThat(inlet.deliveries()).extracting(Delivery::device).containsExactly("A81");
    assertThat(inlet.reports()).isEmpty();
  }

  @Test
  void whoHasAnotherKeyIsNotHeardAndIsTold() throws Exception {
    assertThat(post("A81", "A81", OTHER)).isEmpty();
    Await.until("the report", () -> !inlet.reports().isEmpty());
    assertThat(inlet.reports())
        .extracting(RecordingInlet.Report::what)
        .contains("handshake-failed");
    assertThat(inlet.size()).isZero();
    assertThat(post("A81", "A81", KEY)).startsWith("2.04");
  }

  @Test
  void aStrangerIsNotHeardAndIsToldByName() throws Exception {
    assertThat(post("A81", "B1", KEY)).isEmpty();
    Await.until("the report", () -> !inlet.reports().isEmpty());
    assertThat(inlet.reports().getFirst())
        .extracting(RecordingInlet.Report::what, RecordingInlet.Report::device)
        .containsExactly("unknown-device", "B1");
    assertThat(inlet.size()).isZero();
  }

  @Test
  void nobodySpeaksForAnother() throws Exception {
    assertThat(post("A82", "A81", KEY)).startsWith("4.03").contains("you are 'A81'");
    assertThat(inlet.size()).isZero();
    assertThat(inlet.reports())
        .extracting(RecordingInlet.Report::what)
        .containsExactly("forbidden");
  }

  @Test
  void plaintextIsNotHeard() throws Exception {
    var body = Files.writeString(folder.resolve("body"), "[{\"n\":\"distance\",\"v\":1}]");
    var client = CoapClient.postPlainly(port, "A81", 110, body, 2);
    assertThat(client).isEmpty();
    assertThat(inlet.size()).isZero();
  }

  @Test
  void aLargePackComesInBlocks() throws Exception {
    var pack = new StringBuilder("[{\"n\":\"distance\",\"v\":0}");
    for (int i = 1; i < 400; i++) {
      pack.append(",{\"n\":\"distance\",\"v\":").append(i).append('}');
    }
    assertThat(post("A81", "A81", KEY, pack + "]")).startsWith("2.04");
    assertThat(inlet.samples()).hasSize(400);
  }

  private String post(String device, String identity, String key) throws Exception {
    return post(device, identity, key, "[{\"n\":\"distance\",\"u\":\"m\",\"v\":1}]");
  }

  private String post(String device, String identity, String key, String body) throws Exception {
    return CoapClient.postSafely(
        port, device, 110, Files.writeString(folder.resolve("body"), body), identity, key, 3);
  }

  private static CoapField field(int port) {
    var bin = asset("bin-7", num("distance", Unit.METRE));
    var mark = Mark.of("site.yaml", "coap");
    return new CoapField(
        new CoapBus(
            "field",
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            new Keys(Map.of("A81", KEY.getBytes(US_ASCII), "A82", KEY.getBytes(US_ASCII))),
            mark),
        List.of(
            new Device("field", "A81", new Text("coap/A81", mark, Text.Style.PLAIN), bin, null),
            new Device("field", "A82", new Text("coap/A82", mark, Text.Style.PLAIN), bin, null)),
        () -> Instant.parse("2026-09-21T14:13:20Z"));
  }
}
