package org.kerbside.drivers.coap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.CoapClient;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.RecordingInlet;

/** What a network, or somebody on it, does to datagrams of DTLS: libcoap's client behind it. */
@NeedsPeer("coap-client-openssl")
class CoapReplayTest {

  private static final String KEY = "sixteen-bytes-ok";

  @TempDir Path folder;

  @RegisterExtension
  final OpenField field = new OpenField(new Keys(Map.of("A81", KEY.getBytes(US_ASCII))), "A81");

  private final RecordingInlet inlet = field.inlet;
  private final Way way = new Way(field.port);

  CoapReplayTest() throws Exception {}

  @AfterEach
  void end() {
    way.close();
  }

  @Test
  void whatComesTwiceIsTakenOnce() throws Exception {
    way.copies(2);
    assertThat(post(1)).startsWith("2.04");
    way.copies(1);
    assertThat(post(2)).startsWith("2.04"); // behind it on the same way
    assertThat(inlet.deliveries()).hasSize(2);
  }

  @Test
  void whatWasRecordedIsNotTakenAgain() throws Exception {
    assertThat(post(1)).startsWith("2.04");
    way.replay();
    assertThat(post(2)).startsWith("2.04"); // behind it on the same way
    assertThat(inlet.deliveries()).hasSize(2);
  }

  @Test
  void whoWasNotAnsweredSaysItAgainAndIsTakenOnce() throws Exception {
    way.loses(1);
    assertThat(post(1)).startsWith("2.04");
    assertThat(post(2)).startsWith("2.04");
    assertThat(inlet.deliveries()).hasSize(2);
  }

  private String post(int distance) throws Exception {
    var body = "[{\"n\":\"distance\",\"u\":\"m\",\"v\":%d}]".formatted(distance);
    var file = Files.writeString(folder.resolve("body"), body);
    return CoapClient.postSafely(way.port(), "A81", 110, file, "A81", KEY, 9);
  }
}
