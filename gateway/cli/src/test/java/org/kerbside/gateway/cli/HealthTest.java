package org.kerbside.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HealthTest {

  private static final Health WELL = new Health("connected", 7, 1);

  @TempDir private Path machine = Path.of("");

  @Test
  void isReadAsItIsWritten() {
    assertThat(Health.of(WELL.text())).isEqualTo(WELL);
    assertThat(Health.of("uplink connected\ncommits many\nuntrusted 1")).isNull();
    assertThat(Health.of("")).isNull();
  }

  @Test
  void whatIsNoWorseIsNotTold() {
    assertThat(new Health("connected", 1, 0).worseThan(WELL)).isEmpty();
    assertThat(new Health("down", 1, 0).worseThan(new Health("down", 7, 0))).isEmpty();
    assertThat(new Health("connected", 0, 0).worseThan(new Health("down", 0, 0))).isEmpty();
  }

  @Test
  void whatIsWorseIsToldFigureByFigure() {
    assertThat(new Health("connecting", 0, 3).worseThan(WELL))
        .containsExactly(
            "uplink: connecting, was connected",
            "journal: no commit since the start, had 7",
            "points: 3 not to be trusted, were 1");
  }

  @Test
  void theCommandPrintsItAndHoldsItAgainstWhatWas() throws Exception {
    var socket = Files.createDirectories(machine.resolve("var")).resolve(ControlServer.SOCKET);
    var before = machine.resolve("before");
    try (var server =
        ControlServer.open(
            socket, () -> new Requests(Map.of("health text", WELL::text), Map.of(), Map.of()))) {
      assertThat(server).isNotNull();
      assertThat(type("health").sheet()).isEqualTo("uplink connected\ncommits 7\nuntrusted 1\n");

      Files.writeString(before, new Health("connected", 9, 0).text());
      assertThat(type("health --gate " + before).sheet())
          .isEqualTo("points: 1 not to be trusted, were 0  [1]\n");

      Files.writeString(before, WELL.text());
      assertThat(type("health --gate " + before).exit()).isZero();
    }
  }

  @Test
  void aFileWithoutFiguresIsNoGate() {
    assertThat(type("health --gate nowhere").sheet())
        .isEqualTo(
            """
            kerbside health: 'nowhere' does not say how it was
              = help: kerbside health >nowhere, while the version before runs  [2]
            """);
  }

  private Typed type(String line) {
    return Typed.of(new Recorded(), machine, new DemoCommand(), line);
  }
}
