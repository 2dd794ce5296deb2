package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.kerbside.drivers.testkit.Authority;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;
import org.kerbside.drivers.testkit.Relay;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.UplinkView;

/** TLS with certificates made on the spot: to a real mosquitto, and to peers that are not fit. */
@NeedsPeer({"mosquitto", "openssl", "libfaketimeMT.so.1"})
@Execution(CONCURRENT)
class TlsTest {

  private static final String HERE = "IP:127.0.0.1";
  private static final Identity SHOWN = new Identity.Certificate();

  private static final Deadlines HASTY =
      new Deadlines(
          Duration.ofSeconds(30),
          Duration.ofMillis(800),
          Duration.ofSeconds(30),
          Duration.ofSeconds(2),
          Duration.ZERO,
          Duration.ofMinutes(2),
          Duration.ofMinutes(10));

  @TempDir private Path folder;
  private Authority city;
  private final Street street = new Street();

  @BeforeEach
  void foundTheAuthority() throws Exception {
    city = Authority.in(folder, "city");
  }

  /** None of them may see a byte of MQTT, and nobody is told twice. */
  @Test
  void whatIsWrongWithTheBrokersTlsIsSaidOnceAndNothingGoesInTheClear() throws Exception {
    var stranger = Authority.in(folder, "stranger");
    var log = new ByteArrayOutputStream();
    var before = System.err;
    System.setErr(new PrintStream(log, true, UTF_8));
    try (var unknown = new Unfit(stranger.forBroker(HERE), "-quiet");
        var elsewhere = new Unfit(city.forBroker("DNS:elsewhere.example"), "-quiet");
        var ended = new Unfit(city.forBroker(HERE, "-10d"), "-quiet");
        var early = new Unfit(city.forBroker(HERE, "+10d"), "-quiet");
        var old = new Unfit(city.forBroker(HERE), "-tls1", "-cipher", "ALL:@SECLEVEL=0");
        var unsealed =
            new Unfit(city.forBroker(HERE), "-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA256")) {
      var all = List.of(unknown, elsewhere, ended, early, old, unsealed);
      for (var unfit : all) {
        unfit.uplink.start();
      }
      unknown.isRefused("from nobody that is trusted", "ca.pem");
      elsewhere.isRefused("127.0.0.1");
      ended.isRefused("ended on", "clock");
      early.isRefused("begins only on", "clock");
      old.isRefused("protocol");
      unsealed.isRefused("handshake_failure");
      for (var unfit : all) {
        assertThat(
                log.toString(UTF_8).lines().filter(line -> line.contains(unfit.port() + ": down")))
            .as(log.toString(UTF_8))
            .hasSize(1);
      }
    } finally {
      System.setErr(before);
    }
  }

  @Test
  void sendsAndFindsADeadLine() throws Exception {
    var broker = city.forBroker(HERE);
    try (var mosquitto = mosquitto(broker);
        var uplink = street.uplink(link(mosquitto, new Identity.Anonymous(), broker), HASTY)) {
      uplink.start();
      street.outbox.commit(Stream.READINGS, 100);
      Await.until(() -> uplink.view().sent() == 100, () -> uplink.view().toString());

      mosquitto.freeze();
      street.outbox.commit(Stream.READINGS, 100);
      Await.until(
          () -> Objects.toString(uplink.view().trouble()).contains("no acknowledgement"),
          () -> uplink.view().toString());
      mosquitto.thaw();
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
    }
  }

  /** The broker's rule lets each gateway write below the name in its certificate alone. */
  @ParameterizedTest
  @EnumSource
  void theCertificateSaysWhoTheGatewayIs(Authority.Kind kind) throws Exception {
    var rule = Files.writeString(folder.resolve("acl"), "pattern readwrite kerbside/1/+/%u/#\n");
    var own = city.forGateway(kind, "CD-QY-0173");
    try (var mosquitto =
            mosquitto(
                city.forBroker(HERE),
                "cafile " + city.authorities(),
                "require_certificate true",
                "use_identity_as_username true",
                "acl_file " + rule);
        var uplink = street.uplink(link(mosquitto, SHOWN, own), Deadlines.USUAL)) {
      street.outbox.commit(Stream.READINGS, 5);
      uplink.start();
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());

      var neighbour = new Street();
      var foreign = city.forGateway(kind, "CD-QY-0174");
      try (var other = neighbour.uplink(link(mosquitto, SHOWN, foreign), Deadlines.USUAL)) {
        neighbour.outbox.commit(Stream.READINGS, 5);
        other.start();
        Await.until(
            () -> Objects.toString(other.view().trouble()).contains("0x87"),
            () -> other.view().toString());
        assertThat(neighbour.outbox.waiting(Stream.READINGS)).isEqualTo(5);
      }
    }
  }

  /** The gateway runs on, says which file is missing, and finds it once it is there. */
  @Test
  void aMissingKeyIsNamedAndCountsFromTheNextAttemptOn() throws Exception {
    var own = city.forGateway(Authority.Kind.EC, "CD-QY-0173");
    var key = own.resolve(Credentials.KEY);
    var elsewhere = Files.move(key, folder.resolve("key"));
    try (var mosquitto =
            mosquitto(
                city.forBroker(HERE), "cafile " + city.authorities(), "require_certificate true");
        var uplink = street.uplink(link(mosquitto, SHOWN, own), Deadlines.USUAL)) {
      uplink.start();
      street.outbox.commit(Stream.READINGS, 5);
      Await.until(
          () -> Objects.toString(uplink.view().trouble()).contains(key + ": is missing"),
          () -> uplink.view().toString());
      Files.move(elsewhere, key);
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
    }
  }

  @Test
  void namesTheFileThatIsNotFit() throws Exception {
    var own = city.forGateway(Authority.Kind.RSA, "CD-QY-0173");
    var credentials = new Credentials(own);
    credentials.face(SHOWN);
    var key = own.resolve(Credentials.KEY);

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r-----"));
    assertThatIOException()
        .isThrownBy(() -> credentials.face(SHOWN))
        .withMessageContaining(key + ": others can read it; chmod 600");

    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
    var other = city.forGateway(Authority.Kind.RSA, "CD-QY-0174");
    var text = Files.readString(key);
    Files.writeString(key, Files.readString(other.resolve(Credentials.KEY)));
    assertThatIOException()
        .isThrownBy(() -> credentials.face(SHOWN))
        .withMessageContaining(key + ": is the key of another certificate");

    Files.writeString(key, text.replace("PRIVATE KEY", "RSA PRIVATE KEY"));
    assertThatIOException()
        .isThrownBy(() -> credentials.face(SHOWN))
        .withMessageContaining(key + ": expected PRIVATE KEY, got RSA PRIVATE KEY");

    Files.writeString(key, text.substring(0, text.length() / 2));
    assertThatIOException()
        .isThrownBy(() -> credentials.face(SHOWN))
        .withMessageContaining(key + ": expected PRIVATE KEY, got nothing");

    Files.writeString(own.resolve(Credentials.CERTIFICATE), "-----BEGIN CERTIFICATE-----");
    assertThatIOException()
        .isThrownBy(() -> credentials.face(SHOWN))
        .withMessageContaining(own.resolve(Credentials.CERTIFICATE) + ": no certificate in it");
  }

  private static Broker mosquitto(Path files, String... settings) throws IOException {
    var lines = new ArrayList<>(List.of(settings));
    lines.add("certfile " + files.resolve(Credentials.CERTIFICATE));
    lines.add("keyfile " + files.resolve(Credentials.KEY));
    return Broker.start(lines.toArray(String[]::new));
  }

  private static Link link(Broker broker, Identity identity, Path files) {
    return Street.link("mqtts://127.0.0.1:" + broker.port(), identity, files);
  }

  /** A TLS server that a gateway must not talk to, and the gateway that is sent there. */
  private final class Unfit implements AutoCloseable {

    private final Process server;
    private final Relay cable;
    private final Street street = new Street();
    private final Uplink uplink;

    Unfit(Path files, String... options) throws IOException {
      int port = Broker.freePort();
      var line = new ArrayList<>(List.of("s_server", "-accept", "127.0.0.1:" + port));
      line.addAll(List.of("-cert", files.resolve(Credentials.CERTIFICATE).toString()));
      line.addAll(List.of("-key", files.resolve(Credentials.KEY).toString()));
      line.addAll(List.of(options));
      server = Peer.start("openssl", line);
      cable = Relay.to(port);
      var trusted = Files.createTempDirectory(folder, "gateway");
      Files.copy(city.authorities(), trusted.resolve(Credentials.AUTHORITIES));
      var url = "mqtts://127.0.0.1:" + cable.port();
      uplink = street.uplink(Street.link(url, new Identity.Anonymous(), trusted), Deadlines.USUAL);
    }

    int port() {
      return cable.port();
    }

    void isRefused(String... words) {
      Await.until(
          () ->
              cable.calls() >= 2
                  && List.of(words).stream()
                      .allMatch(Objects.toString(uplink.view().trouble())::contains),
          () -> uplink.view().toString());
      assertThat(uplink.view().state()).isNotEqualTo(UplinkView.State.CONNECTED);
      assertThat(cable.asked())
          .as("begins as TLS does, whatever was tried before")
          .containsOnly(0x16);
    }

    @Override
    public void close() throws IOException {
      uplink.close();
      cable.close();
      server.destroyForcibly().onExit().join();
    }
  }
}
