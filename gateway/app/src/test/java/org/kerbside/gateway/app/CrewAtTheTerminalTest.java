package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.FreePort;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.gateway.app.wiring.Here;

/** Somebody logged in on the board works on a street that is made up. */
@NeedsPeer("socat")
@Timeout(120)
class CrewAtTheTerminalTest {

  @TempDir private Path data;

  @Test
  void whatIsTypedGoesThroughTheDeskAndItsOutcomeIsTheExitCode() throws Exception {
    try (var gateway =
        GatewayProcess.run(
            "demo.yaml", data, "none", "uplink.url=mqtt://127.0.0.1:" + FreePort.tcp())) {
      var set = typed("set", "lamp-1/dim", "60%", "--lease", "10min", "--by", "4711");
      assertThat(set.out())
          .as(set.err())
          .startsWith("done: 60 % observed after ")
          .contains("; until ");
      assertThat(set.exit()).isZero();

      var json = typed("set", "lamp-1/dim", "50%", "--format", "json");
      assertThat(json.out()).contains("\"outcome\":\"done\",\"observed\":0.5");

      var misspelt = typed("set", "lamp-1/dmi", "60%");
      assertThat(misspelt.err())
          .contains("there is no point 'lamp-1/dmi'", "did you mean 'lamp-1/dim'?");
      assertThat(misspelt.exit()).isEqualTo(2);
      assertThat(typed("set", "lamp-1/dim", "60 apples").exit()).isEqualTo(2);

      var rejected = typed("ack", "bin-1/no-such-rule");
      assertThat(rejected.out()).isEqualTo("rejected: unknown-alarm\n");
      assertThat(rejected.exit()).isEqualTo(7);

      var works = typed("maintenance", "lamp-1", "--for", "1h", "--reason", "a new lamp");
      assertThat(works.out()).as(works.err()).isEqualTo("done\n");
      assertThat(typed("maintenance", "bin-1", "--for", "1h", "--reason", "a new lid").exit())
          .isZero();
      assertThat(typed("alarms").exit()).isZero();
      whoMayOnlyAskChangesNothing();
      assertThat(gateway.stop()).isZero();
    }
    aDeedThatIsTakenOutIsMissed();
  }

  /** Each row that is left adds up. */
  private void aDeedThatIsTakenOutIsMissed() throws SQLException {
    var before = typed("journal", "verify");
    assertThat(before.out()).endsWith("the chain of audit events holds\n");
    assertThat(before.exit()).isZero();
    try (var journal = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("journal.db"));
        var statement = journal.createStatement()) {
      var deeds = "FROM events WHERE CAST(body AS TEXT) LIKE '%\"kind\":\"audit\"%'";
      assertThat(
              statement.executeUpdate(
                  "DELETE FROM events WHERE seq = (SELECT max(seq) %s)".formatted(deeds)))
          .isEqualTo(1);
    }
    var after = typed("journal", "verify");
    assertThat(after.out()).contains("the last audit event is not the one that the journal knows");
    assertThat(after.exit()).isEqualTo(1);
  }

  /** Of the socket's group, and neither root nor the service nor an administrator. */
  private void whoMayOnlyAskChangesNothing() throws Exception {
    assumeTrue(System.getProperty("user.name").equals("root"), "only root can be somebody else");
    Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwxr-xr-x"));
    assertThat(asNobody("status text")).startsWith("ok\n");
    for (var deed :
        List.of(
            "calibrate text asset=bin-1&empty=1cm",
            "bind text asset=bin-1",
            "simulate text asset=lamp-1&fault=lamp-failure&for=1h",
            "set text subject=lamp-1%2Fdim&value=1%25",
            "reload text keep=true")) {
      assertThat(asNobody(deed))
          .as(deed)
          .startsWith("none 5\n'nobody' may ask, and change nothing\n");
    }
  }

  private String asNobody(String request) throws Exception {
    var asking =
        new ProcessBuilder(
                "setpriv",
                "--reuid=nobody",
                "--regid=" + Files.readAttributes(socket(), PosixFileAttributes.class).group(),
                "--clear-groups",
                "socat",
                "-t5",
                "-",
                "UNIX-CONNECT:" + socket())
            .redirectErrorStream(true)
            .start();
    try (var out = asking.outputWriter()) {
      out.write(request + "\n");
    }
    return new String(asking.getInputStream().readAllBytes(), UTF_8);
  }

  private Path socket() {
    return data.resolve("control.sock");
  }

  private Here typed(String... words) {
    var line = new ArrayList<>(List.of(words));
    line.addAll(List.of("--data", data.toString()));
    return Here.typed(line.toArray(String[]::new));
  }
}
