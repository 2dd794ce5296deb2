package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Objects;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.UplinkView;

/** TLS to a real mosquitto with a certificate made on the spot. */
class TlsTest {

  private static final Deadlines HASTY =
      new Deadlines(
          Duration.ofSeconds(30),
          Duration.ofMillis(800),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofMinutes(2),
          Duration.ofMinutes(10));

  private final Street street = new Street();
  private final SSLContext before;
  private final Path dir;

  TlsTest() throws GeneralSecurityException, IOException {
    before = SSLContext.getDefault();
    dir = Files.createTempDirectory("tls");
  }

  @AfterEach
  void distrust() throws IOException {
    SSLContext.setDefault(before);
    Files.deleteIfExists(dir.resolve("key.pem"));
    Files.deleteIfExists(dir.resolve("cert.pem"));
    Files.delete(dir);
  }

  @Test
  void refusesACertificateThatNobodyTrusts() throws Exception {
    certify("IP:127.0.0.1");
    assertThat(trouble()).contains("PKIX");
  }

  @Test
  void refusesAnotherHostsCertificate() throws Exception {
    certify("DNS:elsewhere.example");
    trust();
    assertThat(trouble()).contains("127.0.0.1");
  }

  @Test
  void sendsAndFindsADeadLine() throws Exception {
    certify("IP:127.0.0.1");
    trust();
    try (var broker = broker();
        var uplink = street.uplink("mqtts", broker.port(), HASTY)) {
      uplink.start();
      street.outbox.commit(Stream.READINGS, 100);
      Await.until(() -> uplink.view().sent() == 100, () -> uplink.view().toString());

      broker.freeze();
      street.outbox.commit(Stream.READINGS, 100);
      Await.until(
          () -> Objects.toString(uplink.view().trouble()).contains("no acknowledgement"),
          () -> uplink.view().toString());
      broker.thaw();
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
    }
  }

  private String trouble() throws IOException {
    try (var broker = broker();
        var uplink = street.uplink("mqtts", broker.port(), Deadlines.USUAL)) {
      uplink.start();
      Await.until(() -> uplink.view().trouble() != null, () -> uplink.view().toString());
      assertThat(uplink.view().state()).isNotEqualTo(UplinkView.State.CONNECTED);
      return Objects.toString(uplink.view().trouble());
    }
  }

  private Broker broker() throws IOException {
    return Broker.start("certfile " + dir.resolve("cert.pem"), "keyfile " + dir.resolve("key.pem"));
  }

  private void certify(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=broker",
                "-addext",
                "subjectAltName=" + name,
                "-keyout",
                "key.pem",
                "-out",
                "cert.pem")
            .directory(dir.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor();
    assertThat(code).isZero();
  }

  private void trust() throws GeneralSecurityException, IOException {
    var keys = KeyStore.getInstance(KeyStore.getDefaultType());
    keys.load(null, null);
    try (var in = Files.newInputStream(dir.resolve("cert.pem"))) {
      keys.setCertificateEntry(
          "broker", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(keys);
    var context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    SSLContext.setDefault(context);
  }
}
