package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.kerbside.drivers.testkit.Authority;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;
import org.kerbside.drivers.testkit.Relay;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Stream;

/**
 * The key is made here, and openssl plays the city: its authority and, behind mosquitto, its
 * broker.
 */
@NeedsPeer({"mosquitto", "openssl"})
@Execution(CONCURRENT)
class IdentityFolderTest {

  private static final String ID = "CD-QY-0173";
  private static final Identity SHOWN = new Identity.Certificate();

  @TempDir private Path place;
  private Authority city;
  private Path folder;
  private IdentityFolder own;

  @BeforeEach
  void foundTheAuthority() throws Exception {
    city = Authority.in(place, "city");
    folder = place.resolve("data").resolve("identity");
    own = new IdentityFolder(folder);
  }

  @Test
  void theRequestIsOneThatOthersRead() throws Exception {
    var request = Files.writeString(place.resolve("csr"), own.request(ID));
    var read =
        Peer.run(
            "openssl", List.of("req", "-verify", "-noout", "-text", "-in", request.toString()));
    assertThat(read.output())
        .contains("verify OK", "Subject: CN = " + ID, "ASN1 OID: prime256v1", "ecdsa-with-SHA256");
    assertThat(own.request(ID)).as("asked once more").isEqualTo(Files.readString(request));
    assertThat(own.request("CD-QY-0174")).isNotEqualTo(Files.readString(request));
    assertThat(own.waiting()).isEqualTo("CD-QY-0174");
  }

  @Test
  void theKeyIsItsOwnersAlone() throws Exception {
    own.request(ID);
    assertThat(modes(folder)).isEqualTo("rwx------");
    assertThat(modes(folder.resolve(IdentityFolder.NEXT_KEY))).isEqualTo("rw-------");
    accept();
    assertThat(modes(folder.resolve(Credentials.KEY))).isEqualTo("rw-------");
    try (var files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("ca.pem", "cert.pem", "key.pem");
    }
  }

  /** Two gateways made from one image have nothing in common. */
  @Test
  void noTwoKeysAreAlike() throws Exception {
    own.request(ID);
    var other = new IdentityFolder(place.resolve("other").resolve("identity"));
    other.request(ID);
    assertThat(Files.readString(folder.resolve(IdentityFolder.NEXT_KEY)))
        .isNotEqualTo(Files.readString(place.resolve("other/identity/next-key.pem")));
  }

  @Test
  void whatIsNotFitChangesNothingAndIsNamed() throws Exception {
    accept();
    var before = Files.readString(folder.resolve(Credentials.CERTIFICATE));
    var foreign = city.forGateway(Authority.Kind.EC, ID).resolve("cert.pem");
    refuses(foreign, ID, now(), "is for no key of this gateway");

    var renewed = signed(city);
    refuses(renewed, "CD-QY-0174", now(), "is made out to 'CD-QY-0173': expected");
    refuses(signed(Authority.in(place, "stranger")), ID, now(), "comes from nobody in ca.pem");
    refuses(renewed, ID, now().plus(Duration.ofDays(10)), "ended on");
    refuses(renewed, ID, now().plus(Duration.ofDays(-10)), "begins only on");
    var chain =
        Files.writeString(
            place.resolve("chain"), Files.readString(renewed) + Files.readString(foreign));
    refuses(chain, ID, now(), "certificate 1 does not come from certificate 2");
    assertThat(folder.resolve(Credentials.CERTIFICATE)).hasContent(before);

    own.accept(renewed, null, ID, now());
    assertThat(folder.resolve(Credentials.CERTIFICATE)).hasContent(Files.readString(renewed));
  }

  /** Whom the broker comes from is not forgotten for whom our certificate comes from. */
  @Test
  void anotherAuthorityComesBesideTheOneThatIsHere() throws Exception {
    accept();
    var other = Authority.in(Files.createDirectory(place.resolve("other")), "another");
    assertThat(own.accept(signed(other), other.authorities(), ID, now()))
        .singleElement()
        .asString()
        .contains("may still come from", "city", "ca.pem");
    assertThat(PemFile.certificates(folder.resolve(Credentials.AUTHORITIES)))
        .containsExactly(
            PemFile.certificates(city.authorities()).getFirst(),
            PemFile.certificates(other.authorities()).getFirst());
    assertThat(own.accept(signed(other), other.authorities(), ID, now())).as("again").isEmpty();
  }

  /** Root asks, and what it writes is given to whom the folder belongs to. */
  @Test
  void aFolderThatIsALinkIsRefused() throws Exception {
    Files.createDirectories(folder.getParent());
    var elsewhere = Files.createDirectory(place.resolve("elsewhere"));
    Files.createSymbolicLink(folder, elsewhere);
    assertThatThrownBy(() -> own.request(ID))
        .isInstanceOf(IOException.class)
        .hasMessage(folder + ": is a link: expected a folder; remove it, and put a folder there");
    assertThat(elsewhere).isEmptyDirectory();
  }

  /** A board without a battery believes that it is the day of its release. */
  @Test
  void aClockThatNobodyHasSetRefusesNothingAndAsksForNothing() throws Exception {
    var lost = new Moment(Instant.parse("2024-01-01T00:00:00Z"), ClockQuality.NONE, Duration.ZERO);
    own.request(ID);
    assertThat(own.accept(signed(city), city.authorities(), ID, lost))
        .singleElement()
        .asString()
        .contains("begins only on", "nobody has set");

    var certificate = Objects.requireNonNull(own.certificate());
    var late = certificate.due().plusSeconds(1);
    assertThat(certificate.isDue(new Moment(late, ClockQuality.SYNC, Duration.ZERO))).isTrue();
    assertThat(certificate.isDue(new Moment(late, ClockQuality.HOLD, Duration.ZERO))).isTrue();
    assertThat(certificate.isDue(new Moment(late, ClockQuality.NONE, Duration.ZERO))).isFalse();
    assertThat(certificate.isDue(now())).isFalse();
    assertThat(Duration.between(certificate.begin(), certificate.due()))
        .isEqualTo(Duration.ofHours(32)); // of two days
  }

  /** Cut short after each of its steps, there is a key for the certificate. */
  @Test
  void aRenewalThatIsCutShortLeavesAWorkingPair() throws Exception {
    accept();
    var old = copy("key.pem");
    var renewed = signed(city);
    var waiting = copy(IdentityFolder.NEXT_KEY);
    new Credentials(folder).face(SHOWN);

    own.accept(renewed, null, ID, now());
    Files.copy(old, folder.resolve("key.pem"), StandardCopyOption.REPLACE_EXISTING);
    Files.copy(waiting, folder.resolve(IdentityFolder.NEXT_KEY));
    new Credentials(folder).face(SHOWN);
  }

  @Test
  void aRenewedCertificateCountsAtOnceAndNothingIsLost() throws Exception {
    accept();
    var street = new Street();
    int open = Broker.freePort();
    try (var broker = broker("listener %d 127.0.0.1".formatted(open));
        var states = Listener.to(open, Street.PREFIX + "state");
        var uplink = street.uplink(Street.link(url(broker), SHOWN, folder), Deadlines.USUAL)) {
      uplink.start();
      Await.until(() -> uplink.connects() == 1, () -> uplink.view().toString());
      for (int renewal = 2; renewal <= 4; renewal++) {
        own.accept(signed(city), null, ID, now());
        street.outbox.commit(Stream.READINGS, 200);
        uplink.renew();
        street.outbox.commit(Stream.READINGS, 200);
        int all = renewal;
        Await.until(
            () -> uplink.connects() == all && uplink.view().waiting() == 0,
            () -> uplink.view().toString());
      }
      assertThat(states.all().toString()).contains("online").doesNotContain("lost", "offline");
    }
  }

  @Test
  void aRevokedCertificateIsRefusedAndTheNextOneIsTaken() throws Exception {
    accept();
    var revoked = city.revoking(folder.resolve(Credentials.CERTIFICATE));
    var street = new Street();
    try (var broker = broker("crlfile " + revoked);
        var uplink = street.uplink(Street.link(url(broker), SHOWN, folder), Deadlines.USUAL)) {
      street.outbox.commit(Stream.READINGS, 5);
      uplink.start();
      Await.until(() -> uplink.view().trouble() != null, () -> uplink.view().toString());
      assertThat(street.outbox.waiting(Stream.READINGS)).isEqualTo(5);
      Await.until(() -> said(uplink).isRefusal(), () -> uplink.view().toString());
      assertThat(said(uplink).why()).isEqualTo("certificate_revoked");
      own.accept(signed(city), null, ID, now());
      uplink.renew();
      Await.until(() -> uplink.view().waiting() == 0, () -> uplink.view().toString());
      assertThat(said(uplink).shown()).isEqualTo(shown());
      assertThat(said(uplink).isTaken()).isTrue();
    }
  }

  /** A broker that takes the certificate, and not who it says. */
  @Test
  void whoMayNotComeInIsToldApartFromABrokerThatIsNotThere() throws Exception {
    accept();
    var street = new Street();
    var nobody = Files.createFile(place.resolve("nobody"));
    try (var broker = broker("password_file " + nobody, "allow_anonymous false");
        var cable = Relay.to(broker.port());
        var uplink =
            street.uplink(
                Street.link("mqtts://127.0.0.1:" + cable.port(), SHOWN, folder), Deadlines.USUAL)) {
      uplink.start();
      Await.until(() -> said(uplink).isRefusal(), () -> uplink.view().toString());
      assertThat(said(uplink).shown()).isEqualTo(shown());
    }
  }

  private String shown() throws IOException {
    return Objects.requireNonNull(own.certificate()).fingerprint();
  }

  private static Verdict said(Uplink uplink) {
    var verdict = uplink.reception().last();
    return verdict == null ? new Verdict("", 0, "nothing") : verdict;
  }

  private void accept() throws Exception {
    assertThat(own.accept(signed(city), city.authorities(), ID, now())).isEmpty();
  }

  /** What the authority makes of the request that waits. */
  private Path signed(Authority authority) throws Exception {
    return authority.signed(
        Files.writeString(Files.createTempFile(place, "request", ".csr"), own.request(ID)));
  }

  private void refuses(Path certificate, String id, Moment now, String words) {
    assertThatThrownBy(() -> own.accept(certificate, null, id, now))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining(words);
  }

  private Path copy(String name) throws IOException {
    return Files.copy(folder.resolve(name), place.resolve("copy-" + name));
  }

  private Broker broker(String... more) throws Exception {
    var files = city.forBroker("IP:127.0.0.1");
    return Broker.start(
        "certfile " + files.resolve(Credentials.CERTIFICATE),
        "keyfile " + files.resolve(Credentials.KEY),
        "cafile " + city.authorities(),
        "require_certificate true",
        String.join("\n", more));
  }

  private static String url(Broker broker) {
    return "mqtts://127.0.0.1:" + broker.port();
  }

  private static Moment now() {
    return new Moment(Instant.now(), ClockQuality.SYNC, Duration.ofHours(1));
  }

  private static String modes(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
