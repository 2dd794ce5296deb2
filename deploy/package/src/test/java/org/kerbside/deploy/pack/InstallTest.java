package org.kerbside.deploy.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.drivers.testkit.Authority;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.NeedsPeer;

/**
 * The package on a Debian made for it, under a systemd that is the first process: {@code ./kerbside
 * test --long install}.
 */
@Tag("long")
@Tag("install")
@NeedsPeer({"debootstrap", "systemd-nspawn", "openssl", "libfaketimeMT.so.1"})
class InstallTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private static Path shared = Path.of("");
  private static Path installed = Path.of("");

  @TempDir private Path folder = Path.of("");

  /** With everything but a site. */
  @BeforeAll
  static void installs() throws Exception {
    try (var board = DebianRoot.boot(DebianRoot.bare(), "installing")) {
      var java = board.bring(Versions.java("25.0.3", shared), "java.deb");
      var kerbside = board.bring(Deb.of("amd64").file(), "kerbside.deb");
      var said = board.install(java, kerbside);
      assertThat(said).doesNotContain("warning");
      installed = board.keepAs("installed");
    }
  }

  @Test
  void withItsCertificateAndASiteItSendsToTheCitysBroker() throws Exception {
    try (var board = DebianRoot.boot(installed, "first-site")) {
      var place = provisioned(board);

      var heard =
          board.run(
              "timeout",
              "30",
              "mosquitto_sub",
              "-h",
              "127.0.0.1",
              "-p",
              "1884",
              "-t",
              "kerbside/1/qingyang/+/state",
              "-C",
              "1");

      assertThat(heard).contains("\"gw\":\"" + Place.ID + "\"", "\"state\":\"online\"");
      assertThat(place.property("ActiveState")).isEqualTo("active");
      assertThat(place.property("StatusText")).startsWith("uplink connect");
      assertThat(board.run("cat", "/proc/%s/status".formatted(place.property("MainPID"))))
          .containsPattern("CapEff:\\s+0000000000000000")
          .containsPattern("Seccomp:\\s+2");
      assertThat(board.run("find", "/tmp", "-type", "f", "-user", "kerbside")).isEmpty();
      assertThat(maps(board, place)).contains("/var/cache/kerbside/kerbside.aot");

      board.run("kerbside", "maintenance", "air-1", "--for", "5min", "--reason", "a filter");
      Await.until(
          "its journal says so, and what it means",
          () ->
              board
                  .ask("journalctl", "-x", "--no-pager", "KERBSIDE_EVENT=audit.maintenance")
                  .output()
                  .contains("Somebody did something: audit.maintenance"),
          PATIENCE,
          () -> "");
    }
  }

  /** Decision 38: the unit waits for a first site; where one ever ran, that one goes on. */
  @Test
  void withoutASiteTheUnitWaitsAndWhereOneRanItGoesOn() throws Exception {
    try (var board = DebianRoot.boot(installed, "no-site")) {
      var place = new Place(board, folder);
      board.run("systemctl", "start", "kerbside");
      assertThat(place.property("ActiveState")).isEqualTo("inactive");
      assertThat(place.property("ConditionResult")).isEqualTo("no");

      place = provisioned(board);
      board.run("rm", "-r", "/etc/kerbside/site.yaml");
      board.run("systemctl", "restart", "kerbside");
      place.awaitConnected();
      assertThat(board.run("kerbside", "status")).contains(Place.ID, "revision 1");
      assertThat(board.run("journalctl", "-u", "kerbside", "--no-pager"))
          .contains("revision 1 runs instead");

      board.run("systemctl", "stop", "kerbside");
      board.run("rm", "-r", "/var/lib/kerbside/revisions");
      board.run("systemctl", "start", "kerbside");
      assertThat(place.property("ConditionResult")).isEqualTo("no");
    }
  }

  @Test
  void aSecretReachesTheServiceAndNobodyElse() throws Exception {
    try (var board = DebianRoot.boot(installed, "secret")) {
      var place = provisioned(board);
      board.write("/etc/kerbside/secrets/mqtt", "s3cret-of-the-city\n");
      board.run("chmod", "0600", "/etc/kerbside/secrets/mqtt");
      place.byPassword();

      var process = "/proc/" + place.property("MainPID");

      assertThat(board.run("cat", process + "/environ", process + "/cmdline"))
          .doesNotContain("s3cret");
      assertThat(board.run("journalctl", "--no-pager")).doesNotContain("s3cret");
      assertThat(board.ask("grep", "-rsl", "s3cret", "/var/lib/kerbside").output()).isEmpty();
      assertThat(
              board.ask("setpriv", "--reuid=kerbside", "cat", "/etc/kerbside/secrets/mqtt").exit())
          .isNotZero();
    }
  }

  @Test
  void anUpgradeUnderLoadLosesNothing() throws Exception {
    try (var board = DebianRoot.boot(installed, "upgrade")) {
      var authority = Authority.in(folder, "city");
      var place = new Place(board, folder);
      place.city(authority);
      place.hurry();
      var receiver = place.receiver(); // Before there is anything to lose.
      try {
        place.provision(authority);
        for (var version : List.of("0.2.0", "0.3.0", "0.4.0")) {
          board.install(board.bring(Versions.of(version, "true", folder), "next.deb"));
          place.awaitConnected();
          assertThat(place.upgrade()).startsWith("running " + version);
        }
        place.awaitKept("running 0.4.0");
        board.run("systemctl", "stop", "kerbside");
      } finally {
        receiver.destroy();
        receiver.waitFor();
      }
      assertThat(place.verified()).contains("whole: every hole is explained");
    }
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiterString = "=>",
      textBlock =
          """
          refuses the site => truncate -s 1000 usr/lib/kerbside/lib/rules-*.jar
          ends at once     => sed -i '2i [ "$1" != run ] || exit 70' usr/lib/kerbside/launch
          ends later       => sed -i '2i [ "$1" != run ] || (sleep 8; kill -9 $$) &' usr/lib/kerbside/launch
          hangs            => sed -i '2i [ "$1" != run ] || exec sleep 1000' usr/lib/kerbside/launch
          loses the uplink => sed -i '2i [ "$1" != run ] || set -- "$@" --set uplink.url=mqtts://127.0.0.1:9' usr/lib/kerbside/launch
          """)
  void aVersionThatDoesWorseIsLeftByItself(String how, String spoil) throws Exception {
    try (var board = DebianRoot.boot(installed, "bad")) {
      var place = provisioned(board);
      var before = place.upgrade();

      board.install(board.bring(Versions.of("0.2.0", spoil, folder), "next.deb"));

      place.awaitUpgrade("returned from 0.2.0");
      assertThat(place.upgrade()).as(how).startsWith(before);
      place.awaitConnected();
      assertThat(board.run("journalctl", "-u", "kerbside", "--no-pager"))
          .contains("returned from 0.2.0");

      board.install(board.bring(Versions.of("0.3.0", "true", folder), "next.deb"));
      assertThat(place.upgrade()).as("the next one is tried").startsWith("running 0.3.0");
    }
  }

  @Test
  void aPackageForAnotherMachineIsRefused() throws Exception {
    try (var board = DebianRoot.boot(installed, "foreign")) {
      var foreign = board.bring(Deb.of("arm64").file(), "foreign.deb");

      assertThat(board.ask("dpkg", "-i", foreign).output()).contains("does not match system");
      assertThat(board.run("kerbside", "version")).startsWith("kerbside ");
    }
  }

  @Test
  void aServiceThatHangsIsKilledAndStartedAgain() throws Exception {
    try (var board = DebianRoot.boot(installed, "hung")) {
      var place = provisioned(board);

      board.run("sh", "-c", "kill -STOP " + place.property("MainPID"));

      Await.until(
          "it runs again",
          () ->
              place.property("NRestarts").equals("1")
                  && place.property("SubState").equals("running"),
          PATIENCE,
          () -> "");
      place.awaitConnected();
    }
  }

  @Test
  void aNewJavaGetsACacheOfItsOwnAndARestart() throws Exception {
    try (var board = DebianRoot.boot(installed, "java")) {
      var place = provisioned(board);
      var before = place.property("MainPID");

      board.install(board.bring(Versions.java("25.0.4", folder), "java.deb"));

      Await.until(
          "another process runs",
          () -> !place.property("MainPID").equals(before),
          PATIENCE,
          () -> "");
      place.awaitConnected();
      assertThat(maps(board, place)).contains("/var/cache/kerbside/kerbside.aot");
    }
  }

  @Test
  void removedAndPurgedItLeavesNothingButTheBackup() throws Exception {
    var before = files(DebianRoot.bare());
    try (var board = DebianRoot.boot(installed, "purge")) {
      provisioned(board);
      board.write("/etc/kerbside/secrets/mqtt", "s3cret-of-the-city");

      board.run("apt-get", "remove", "-y", "-q", "kerbside");
      assertThat(board.at("/etc/kerbside/site.yaml")).exists();
      assertThat(board.at("/var/lib/kerbside/journal.db")).exists();
      assertThat(board.at("/var/cache/kerbside")).doesNotExist();
      board.run("apt-get", "purge", "-y", "-q", "kerbside");

      var left = files(board.at("/"));
      left.removeAll(before);
      left.removeIf(
          path ->
              path.matches(
                  "/(usr/lib/jvm|root|etc/hosts|var/log|var/lib/(dpkg|apt|systemd|mosquitto))(/.*)?"));
      left.removeIf(
          path ->
              path.matches(
                  "/(etc/mosquitto|var/cache/(apt|debconf)|etc/systemd/system/kerbside.*)(/.*)?"));
      assertThat(left).hasSize(1).first().asString().startsWith("/var/backups/kerbside-");
      var backup = board.run("tar", "-tzf", left.iterator().next());
      assertThat(backup)
          .contains("etc/kerbside/site.yaml")
          .doesNotContain("key.pem", "secrets/mqtt");
      assertThat(board.run("cat", "/etc/passwd", "/etc/group")).doesNotContain("kerbside");
    }
  }

  /** {@code kill -9} of apt and dpkg, at any instant of an upgrade, and of the power with them. */
  @Test
  void whereverDpkgIsKilledTheOldOrTheNewRuns() throws Exception {
    var campaign = Campaign.of("install", 6);
    var chance = campaign.chance();
    try (var board = DebianRoot.boot(installed, "killed")) {
      var place = provisioned(board);
      for (int i = 0; i < campaign.n(); i++) {
        var next = board.bring(Versions.of("0.2." + i, "true", folder), "next.deb");
        var dpkg = board.start("dpkg", "-i", next);
        Thread.sleep(chance.nextInt(6_000));
        board.ask("pkill", "-9", "dpkg");
        dpkg.waitFor();

        board.run("systemctl", "restart", "kerbside");
        place.awaitConnected();
        board.run("dpkg", "--force-confold", "--configure", "-a");
        board.run("dpkg", "-i", next);
        place.awaitConnected();
        assertThat(place.upgrade()).as("%s, %d", campaign, i).startsWith("running 0.2." + i);
      }
    }
  }

  private Place provisioned(DebianRoot board) throws Exception {
    var authority = Authority.in(folder, "city");
    var place = new Place(board, folder);
    place.city(authority);
    place.hurry();
    place.provision(authority);
    return place;
  }

  private static String maps(DebianRoot board, Place place) throws Exception {
    return board.run("cat", "/proc/%s/maps".formatted(place.property("MainPID")));
  }

  private static Set<String> files(Path root) throws Exception {
    try (Stream<Path> all = Files.walk(root)) {
      return all.map(path -> "/" + root.relativize(path))
          .filter(path -> !path.matches("/(proc|sys|dev|run|tmp|var/tmp)(/.*)?"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
