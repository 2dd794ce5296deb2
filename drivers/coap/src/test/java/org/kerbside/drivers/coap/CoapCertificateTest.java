package org.kerbside.drivers.coap;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.testkit.Authority;
import org.kerbside.drivers.testkit.Authority.Kind;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.CoapClient;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.RecordingInlet;

/** libcoap's client, by OpenSSL, with certificates; and with a key at the same door. */
@NeedsPeer({"coap-client-openssl", "openssl"})
class CoapCertificateTest {

  private static final String KEY = "sixteen-bytes-ok";

  @TempDir Path folder;
  private Path identity;
  private Authority authority;
  private OpenField field;
  private RecordingInlet inlet;

  @BeforeEach
  void open() throws Exception {
    authority = Authority.in(folder, "authority");
    identity = authority.forBroker("IP:127.0.0.1");
    Files.copy(authority.authorities(), identity.resolve("devices.pem"));
    var keys = new Keys(Map.of("A82", KEY.getBytes(US_ASCII)));
    var dtls = new Dtls(keys, Dtls.Identity.CERTIFICATE);
    field = new OpenField(dtls, identity, "A81", "A82");
    inlet = field.inlet;
    field.open();
  }

  @AfterEach
  void close() {
    field.close();
  }

  @Test
  void aDeviceIsWhoItsCertificateSaysAndAnotherHasAKey() throws Exception {
    assertThat(post("A81", authority)).startsWith("2.04");
    assertThat(inlet.deliveries()).extracting(Delivery::device).containsExactly("A81");
    assertThat(CoapClient.postSafely(field.port, "A82", 110, body(), "A82", KEY, 3))
        .startsWith("2.04");
    assertThat(inlet.reports()).isEmpty();
  }

  @Test
  void nobodySpeaksForAnother() throws Exception {
    assertThat(post("A82", authority)).startsWith("4.03").contains("you are 'A81'");
    assertThat(inlet.size()).isZero();
  }

  @Test
  void aCertificateOfAnotherAuthorityIsNotHeardAndIsTold() throws Exception {
    var other = Authority.in(folder, "other");
    assertThat(post("A81", other)).isEmpty();
    Await.until("the report", () -> !inlet.reports().isEmpty());
    assertThat(inlet.reports().getFirst().what()).isEqualTo("handshake-failed");
    assertThat(inlet.size()).isZero();
    assertThat(post("A81", authority)).startsWith("2.04");
  }

  /** The client believes one authority only: by that it tells which of the two it was shown. */
  @Test
  void aRenewedCertificateIsShownFromTheNextHandshakeOnAndNoHalfOfOne() throws Exception {
    var other = Authority.in(folder, "other");
    var renewed = other.forBroker("IP:127.0.0.1");
    assertThat(post("A81", authority, authority)).startsWith("2.04");

    put(renewed, "cert.pem");
    assertThat(post("A81", authority, authority))
        .as("no pair: the last goes on")
        .startsWith("2.04");
    put(renewed, "key.pem");
    assertThat(post("A81", authority, other)).startsWith("2.04");
    assertThat(post("A81", authority, authority)).isEmpty();
  }

  /** As the gateway does it. */
  private void put(Path from, String name) throws Exception {
    var fresh = Files.copy(from.resolve(name), identity.resolve(name + ".new"));
    Files.move(
        fresh,
        identity.resolve(name),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    Files.delete(identity.resolve("devices.pem"));
    assertThatThrownBy(() -> field.reopen())
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("devices.pem cannot be read");
  }

  @Test
  void aFileOfNonsenseIsNamed() throws Exception {
    Files.writeString(identity.resolve("key.pem"), "nonsense");
    assertThatThrownBy(() -> field.reopen())
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("key.pem: ");
  }

  private String post(String device, Authority of) throws Exception {
    return post(device, of, authority);
  }

  /**
   * @param believed by the device
   */
  private String post(String device, Authority of, Authority believed) throws Exception {
    var own = of.forGateway(Kind.EC, "A81");
    var both =
        Files.writeString(
            own.resolve("both.pem"),
            Files.readString(own.resolve("cert.pem")) + Files.readString(own.resolve("key.pem")));
    return CoapClient.postCertified(
        field.port, device, 110, body(), both, believed.authorities(), 3);
  }

  private Path body() throws Exception {
    return Files.writeString(folder.resolve("body"), "[{\"n\":\"distance\",\"u\":\"m\",\"v\":1}]");
  }
}
