package org.kerbside.gateway.uplink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.drivers.testkit.Authority;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.uplink.Trial.Outcome;

/** A renewed certificate, and what becomes of it and of the one before by the broker's word. */
@NeedsPeer("openssl")
@Execution(CONCURRENT)
class TrialTest {

  private static final String ID = "CD-QY-0173";

  @TempDir private Path place;
  private Authority city;
  private Path folder;
  private IdentityFolder own;
  private String old = "";
  private String fresh = "";

  /** There was one, and another one has come. */
  @BeforeEach
  void renews() throws Exception {
    city = Authority.in(place, "city");
    folder = place.resolve("data").resolve("identity");
    own = new IdentityFolder(folder);
    accept(renewed());
    assertThat(own.trial().isOn()).as("the first has none before it").isFalse();
    old = shown();
    accept(renewed());
    fresh = shown();
    assertThat(fresh).isNotEqualTo(old);
  }

  @Test
  void theOneBeforeIsForgottenOnceTheBrokerHasTakenTheNewOne() throws Exception {
    assertThat(judged(taken(old))).as("a connection from before").isEqualTo(Outcome.NONE);
    assertThat(own.trial().isOn()).isTrue();

    assertThat(judged(taken(fresh))).isEqualTo(Outcome.TAKEN);
    assertThat(names()).isEqualTo("ca.pem cert.pem key.pem");
    assertThat(judged(refused(fresh, 9))).as("nothing to go back to").isEqualTo(Outcome.NONE);
    assertThat(shown()).isEqualTo(fresh);
  }

  @Test
  void whereTheBrokerRefusesTwiceTheOneBeforeIsInUseAgainAndStays() throws Exception {
    assertThat(judged(null)).isEqualTo(Outcome.NONE);
    assertThat(judged(refused(fresh, 1))).isEqualTo(Outcome.NONE);
    assertThat(judged(refused(old, 5))).isEqualTo(Outcome.NONE);

    assertThat(judged(refused(fresh, 2))).isEqualTo(Outcome.BACK);
    assertThat(shown()).isEqualTo(old);
    assertThat(Objects.requireNonNull(own.trial().refused()).fingerprint()).isEqualTo(fresh);
    assertThat(names()).isEqualTo("ca.pem cert.pem key.pem refused.pem");

    assertThat(judged(refused(fresh, 3))).isEqualTo(Outcome.NONE);
    assertThat(judged(taken(old))).isEqualTo(Outcome.NONE);
    assertThat(shown()).isEqualTo(old);
  }

  /** What the city has set right meanwhile need not be issued anew. */
  @Test
  void whatWasRefusedMayBePutInOnceMore() throws Exception {
    var again = Files.copy(folder.resolve("cert.pem"), place.resolve("again"));
    judged(refused(fresh, 2));
    accept(again);
    assertThat(shown()).isEqualTo(fresh);
    assertThat(own.trial().isOn()).isTrue();
    assertThat(judged(taken(fresh))).isEqualTo(Outcome.TAKEN);
    assertThat(names()).isEqualTo("ca.pem cert.pem key.pem");
  }

  /** The last that was good is kept, and not the one that is on trial. */
  @Test
  void anotherOneThatComesDuringATrialLeadsBackToTheLastGoodOne() throws Exception {
    accept(renewed());
    assertThat(judged(refused(shown(), 2))).isEqualTo(Outcome.BACK);
    assertThat(shown()).isEqualTo(old);
  }

  /** Two days it is good for; a clock that nobody has set says nothing. */
  @Test
  void nobodyGoesBackToOneThatHasEndedButForwardFromIt() throws Exception {
    var late = now().plus(Duration.ofDays(3));
    assertThat(own.trial().judge(refused(fresh, 2), late)).isEqualTo(Outcome.NONE);
    var lost = new Moment(late.wall(), ClockQuality.NONE, late.sinceBoot());
    assertThat(own.trial().judge(refused(fresh, 2), lost)).isEqualTo(Outcome.BACK);
    assertThat(own.trial().judge(taken(old), late)).as("both have").isEqualTo(Outcome.NONE);
  }

  /** Where the city has revoked the old one, and mends the new one later. */
  @Test
  void whereBothAreRefusedTheyTakeTurnsOnceAnHour() throws Exception {
    judged(refused(fresh, 2));
    assertThat(judged(refused(old, 2))).isEqualTo(Outcome.FORTH);
    assertThat(shown()).isEqualTo(fresh);
    assertThat(names()).isEqualTo("ca.pem cert.pem key.pem previous.pem");
    assertThat(judged(refused(fresh, 2))).as("at once").isEqualTo(Outcome.BACK);
    assertThat(judged(refused(old, 9))).isEqualTo(Outcome.NONE);
    var later = now().plus(Duration.ofMinutes(61));
    assertThat(own.trial().judge(refused(old, 10), later)).isEqualTo(Outcome.FORTH);
    assertThat(judged(taken(fresh))).isEqualTo(Outcome.TAKEN);
    assertThat(names()).isEqualTo("ca.pem cert.pem key.pem");
  }

  /** A disk that refuses stands for the kill before that file: what was done is as it was left. */
  @ParameterizedTest
  @ValueSource(strings = {"previous.pem", "cert.pem", "key.pem"})
  void aRenewalThatIsCutShortShowsTheOldOneOrTheNewOne(String before) throws Exception {
    judged(taken(fresh));
    var third = renewed();
    refusing(before, () -> accept(third));

    assertThat(shown()).isEqualTo(before.equals("key.pem") ? fingerprint(third) : fresh);
    begins();
    accept(third);
    assertThat(judged(refused(fingerprint(third), 2))).isEqualTo(Outcome.BACK);
    assertThat(shown()).isEqualTo(fresh);
  }

  @ParameterizedTest
  @ValueSource(strings = {"refused.pem", "cert.pem", "key.pem"})
  void aReturnThatIsCutShortShowsTheOldOneOrTheNewOneAndIsEnded(String before) throws Exception {
    refusing(before, () -> judged(refused(fresh, 2)));

    assertThat(shown()).isEqualTo(before.equals("key.pem") ? old : fresh);
    begins();
    judged(refused(fresh, 2));
    assertThat(shown()).isEqualTo(old);
    assertThat(Objects.requireNonNull(own.trial().refused()).fingerprint()).isEqualTo(fresh);
    assertThat(folder.resolve("key.pem")).isRegularFile();
    assertThat(Credentials.isPair(folder.resolve("key.pem"), chain().getFirst())).isTrue();

    judged(refused(old, 2));
    assertThat(shown()).as("the refused key is not lost").isEqualTo(fresh);
  }

  @ParameterizedTest
  @ValueSource(strings = {"previous.pem", "cert.pem", "key.pem"})
  void anotherTryThatIsCutShortLosesNeither(String before) throws Exception {
    judged(refused(fresh, 2));
    refusing(before, () -> judged(refused(old, 2)));

    assertThat(shown()).isEqualTo(before.equals("key.pem") ? fresh : old);
    begins();
    judged(refused(old, 2));
    assertThat(shown()).isEqualTo(fresh);
    judged(refused(fresh, 2));
    assertThat(shown()).isEqualTo(old);
  }

  /** As after a start of the service. */
  private void begins() throws IOException {
    own = new IdentityFolder(folder);
    own.trial().settle();
  }

  private interface Step {
    void run() throws Exception;
  }

  /** Does it on a disk that takes no new file of this name. */
  private void refusing(String name, Step step) throws Exception {
    var obstacle = Files.createDirectories(folder.resolve(name + ".new").resolve("full"));
    assertThatIOException().isThrownBy(step::run);
    Files.delete(obstacle);
    Files.delete(obstacle.getParent());
  }

  private static Verdict taken(String shown) {
    return new Verdict(shown, 0, "");
  }

  private static Verdict refused(String shown, int times) {
    return new Verdict(shown, times, "certificate_revoked");
  }

  private Outcome judged(@Nullable Verdict verdict) throws IOException {
    return own.trial().judge(verdict, now());
  }

  private void accept(Path certificate) throws Exception {
    own.accept(certificate, city.authorities(), ID, now());
  }

  private Path renewed() throws Exception {
    return city.signed(
        Files.writeString(Files.createTempFile(place, "request", ".csr"), own.request(ID)));
  }

  /** That which a connection would show, with its key. */
  private String shown() throws IOException {
    return new Credentials(folder).face(new Identity.Certificate()).shown();
  }

  private List<X509Certificate> chain() throws IOException {
    return PemFile.certificates(folder.resolve("cert.pem"));
  }

  private static String fingerprint(Path certificate) throws IOException {
    return OwnCertificate.of(PemFile.certificates(certificate).getFirst()).fingerprint();
  }

  private String names() throws IOException {
    try (var files = Files.list(folder)) {
      return files
          .map(file -> String.valueOf(file.getFileName()))
          .sorted()
          .collect(Collectors.joining(" "));
    }
  }

  private static Moment now() {
    return new Moment(Instant.now(), ClockQuality.SYNC, Duration.ofHours(1));
  }
}
