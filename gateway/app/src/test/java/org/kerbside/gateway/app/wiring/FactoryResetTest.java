package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Overlay;
import org.kerbside.config.Revisions;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;

/** What was seeded everywhere is nowhere afterwards, and the board is as before its first start. */
class FactoryResetTest {

  private static final String CANARY = "CD-CANARY-0173";

  private static final String SITE =
      """
      schema: 1
      site: { id: CD-CANARY-0173, name: CD-CANARY-0173, timezone: Asia/Shanghai, location: 30N 104E }
      uplink: { url: "mqtt://127.0.0.1:1", tenant: t, accept: [ plaintext, anonymous ] }
      """;

  @TempDir private Path board = Path.of("");
  private final StringWriter said = new StringWriter();
  private final Terminal terminal = new Terminal(new PrintWriter(said), new PrintWriter(said));
  private Path etc = Path.of("");
  private Path data = Path.of("");
  private Path elsewhere = Path.of("");

  @BeforeEach
  void aBoardThatRan() throws Exception {
    etc = Files.createDirectories(board.resolve("etc"));
    data = Files.createDirectories(board.resolve("data"));
    elsewhere = Files.writeString(board.resolve("elsewhere"), "somebody else's");
    for (var file :
        List.of(
            "etc/secrets/mqtt",
            "etc/keys/dispatch.pem",
            "etc/rules/own.yaml",
            "data/journal.db",
            "data/journal.db-wal",
            "data/history.db",
            "data/wear",
            "data/want/7/city.yaml",
            "data/anything/that/comes/later")) {
      var path = board.resolve(file);
      Files.createDirectories(path.resolveSibling(""));
      Files.writeString(path, CANARY);
    }
    Files.writeString(etc.resolve("site.yaml"), SITE);
    Files.writeString(data.resolve(Overlay.FILE), "schema: 1\nlearned: [] # " + CANARY + "\n");
    Files.createSymbolicLink(data.resolve("link"), elsewhere);
    Files.createSymbolicLink(data.resolve("links"), board.resolve("other"));
    Files.createDirectories(board.resolve("other"));
    Files.writeString(board.resolve("other/file"), "somebody else's");
    assertThat(start()).isInstanceOf(Start.Runs.class);
    Identifying.folder(data).request(CANARY);
    assertThat(seeded()).hasSizeGreaterThan(10);
  }

  @Test
  void nothingSeededIsFoundAndTheNextStartIsTheFirst() throws Exception {
    var key = Identifying.folder(data).request(CANARY);

    assertThat(new House().work(new Work.FactoryReset(data, etc), terminal).code()).isZero();

    assertThat(seeded()).isEmpty();
    assertThat(data).isEmptyDirectory();
    assertThat(etc).isEmptyDirectory();
    assertThat(elsewhere).hasContent("somebody else's");
    assertThat(board.resolve("other/file")).hasContent("somebody else's");
    assertThat(said.toString()).contains("erased: ", "journalctl --rotate", "/var/backups");
    assertThat(start()).isInstanceOf(Start.Safe.class);
    assertThat(Identifying.folder(data).request("CD-2")).isNotEqualTo(key);
  }

  @Test
  void whereTheFilesOfTheSiteArePeoplesOwnTheyStayAndThatIsSaid() throws Exception {
    new House().work(new Work.FactoryReset(data, null), terminal);

    assertThat(data).isEmptyDirectory();
    assertThat(etc.resolve("site.yaml")).exists();
    assertThat(said.toString()).contains("are still there");
  }

  @Test
  void aFolderThatIsNoGatewaysKeepsAll() {
    refused(new Work.FactoryReset(board.resolve("other"), null), "is no data folder of a gateway");
    assertThat(board.resolve("other/file")).exists();
  }

  private void refused(Work work, String why) {
    assertThatThrownBy(() -> new House().work(work, terminal))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(why);
  }

  private Start start() {
    return new Beginning(Revisions.in(data), terminal)
        .start(etc.resolve("site.yaml"), List.of(), data);
  }

  /** Files with the canary in their name or in what they hold, a certificate request's among it. */
  private List<Path> seeded() throws Exception {
    try (var files = Files.walk(board)) {
      return files
          .filter(Files::isRegularFile)
          .filter(file -> file.toString().contains(CANARY) || holds(file))
          .toList();
    }
  }

  private static boolean holds(Path file) {
    try {
      return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(CANARY);
    } catch (IOException unread) {
      throw new AssertionError(unread);
    }
  }
}
