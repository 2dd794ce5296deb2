package org.kerbside.drivers.coap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.CoapClient;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.RecordingInlet;

/** libcoap's client, by OpenSSL, with the right key, with another, and with another's. */
@NeedsPeer("coap-client-openssl")
class CoapDtlsTest {

  private static final String KEY = "sixteen-bytes-ok";
  private static final String OTHER = "sixteen-bytes-no";

  private static final Keys KEYS =
      new Keys(Map.of("A81", KEY.getBytes(US_ASCII), "A82", KEY.getBytes(US_ASCII)));

  @TempDir Path folder;

  @RegisterExtension final OpenField field = new OpenField(KEYS, "A81", "A82");
  private final RecordingInlet inlet = field.inlet;

  CoapDtlsTest() throws Exception {}

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
    var client = CoapClient.postPlainly(field.port, "A81", 110, body, 2);
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
        field.port, device, 110, Files.writeString(folder.resolve("body"), body), identity, key, 3);
  }
}
