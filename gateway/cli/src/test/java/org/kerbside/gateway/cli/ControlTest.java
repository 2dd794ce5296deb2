package org.kerbside.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service's door and who knocks at it, over a real Unix socket. */
class ControlTest {

  private static final Map<String, Supplier<String>> ANSWERS =
      Map.of("status text", () -> "人民公园 3 号公厕\n22 assets", "status json", () -> "{\"ok\":true}");

  @TempDir private Path machine = Path.of("");

  @Test
  void statusPrintsWhatTheServiceSays() throws Exception {
    try (var server = open(ANSWERS)) {
      assertThat(server).isNotNull();
      assertThat(type("status").sheet()).isEqualTo("人民公园 3 号公厕\n22 assets\n");
      assertThat(type("status --format json").sheet()).isEqualTo("{\"ok\":true}\n");
    }
  }

  @Test
  void whyPrintsTheChainOrSaysThatNoSuchAlarmStands() throws Exception {
    Requests.About chain =
        id -> {
          if (!id.equals("bin-2/bin-overflow")) {
            throw new CommandException(
                Exit.WRONG_INPUT, "no alarm '%s' stands".formatted(id), "none stands now");
          }
          return "fill 0.97, limit 0.95";
        };
    try (var server = openAbout(Map.of("why text", chain))) {
      assertThat(server).isNotNull();
      assertThat(type("why bin-2/bin-overflow").sheet()).isEqualTo("fill 0.97, limit 0.95\n");
      assertThat(type("why bin-3/bin-overflow").sheet())
          .isEqualTo(
              """
              kerbside why: no alarm 'bin-3/bin-overflow' stands
                = help: none stands now  [2]
              """);
    }
  }

  @Test
  void scanPrintsWhoAnswersAndCountsThem() throws Exception {
    Requests.About has = name -> "1\n2\n3\n4\n5";
    Requests.About bus = at -> at.equals("rs485-a/3") ? "rs485-a/3 · lamp-1" : "";
    try (var server = openAbout(Map.of("addresses text", has, "scan text", bus))) {
      assertThat(server).isNotNull();
      assertThat(type("scan rs485-a --to 4").sheet())
          .isEqualTo("rs485-a/3 · lamp-1\n1 of 4 answer\n");
    }
  }

  @Test
  void readAsksForTheTalkOnlyWhenItIsWanted() throws Exception {
    Map<String, Requests.About> bus =
        Map.of("read text", at -> at + " says", "talk text", at -> at + " talks");
    try (var server = openAbout(bus)) {
      assertThat(server).isNotNull();
      assertThat(type("read rs485-a/3").sheet()).isEqualTo("rs485-a/3 says\n");
      assertThat(type("read rs485-a/3 --raw").sheet()).isEqualTo("rs485-a/3 talks\n");
    }
  }

  @Test
  void aDeedIsDoneForWhoTheKernelSaysHeIs() throws Exception {
    Requests.Deed deed =
        (words, by) ->
            new Requests.Reply(
                words.startsWith("keep=true") ? Exit.DONE : Exit.REFUSED,
                words + " by " + by.user());
    var me = System.getProperty("user.name");
    try (var server = openDeeds(Map.of("reload text", deed))) {
      assertThat(server).isNotNull();
      assertThat(type("reload --keep").sheet())
          .isEqualTo("keep=true&for=5min by %s\n".formatted(me));
      assertThat(type("reload --to 41").sheet())
          .isEqualTo("keep=false&for=5min&to=41 by %s  [7]\n".formatted(me));
    }
  }

  @Test
  void whoMayActIsRootOrAnAdministrator() {
    var groups = List.of("kerbside:x:990:zhang", "kerbside-admin:x:991:li,wang", "broken");
    assertThat(Visitor.isMember("li", groups)).isTrue();
    assertThat(Visitor.isMember("wang", groups)).isTrue();
    assertThat(Visitor.isMember("zhang", groups)).isFalse();
    assertThat(Visitor.isMember("", groups)).isFalse();
  }

  @Test
  void aLongAnswerArrivesWhole() throws Exception {
    var whole = "x".repeat(1_000_000);
    try (var server = open(Map.of("status text", () -> whole))) {
      assertThat(server).isNotNull();
      assertThat(type("status").out()).hasSize(1_000_001);
    }
  }

  @Test
  void statusSaysWhereNobodyAnswers() throws IOException {
    assertThat(type("status").sheet())
        .isEqualTo(
            """
            kerbside status: no answer on %1$s/control.sock
              = help: start it by: kerbside run SITE.yaml --data %1$s  [4]
            """
                .formatted(local()));
  }

  @Test
  void onAPackagedMachineSystemdIsTheOneToAsk() throws IOException {
    var state = Files.createDirectory(machine.resolve("var"));

    assertThat(type("status").sheet())
        .isEqualTo(
            """
            kerbside status: no answer on %s/control.sock
              = help: sudo systemctl status kerbside  [4]
            """
                .formatted(state));
  }

  @Test
  void anAnswerThatBreaksOffIsNone() throws Exception {
    try (var door = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      door.bind(UnixDomainSocketAddress.of(socket()));
      var broken = Thread.ofVirtual().start(() -> acceptAndClose(door));
      assertThat(type("status").exit()).isEqualTo(Exit.NO_ANSWER.code());
      broken.join();
    }
  }

  @Test
  void anOlderServiceSaysThatItDoesNotKnow() throws Exception {
    try (var server = open(Map.of())) {
      assertThat(server).isNotNull();
      assertThat(type("status").sheet())
          .isEqualTo(
              """
              kerbside status: the service refused: unknown request 'status text'
                = help: kerbside version here and there: the service may be older  [7]
              """);
    }
  }

  @Test
  void aSocketThatAKilledServiceLeftIsReplaced() throws Exception {
    try (var killed = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      killed.bind(UnixDomainSocketAddress.of(socket()));
    }
    assertThat(socket()).exists();

    try (var server = open(ANSWERS)) {
      assertThat(server).isNotNull();
      assertThat(type("status").exit()).isZero();
    }
  }

  @Test
  void aSecondServiceIsTurnedAway() throws Exception {
    try (var first = open(ANSWERS)) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> open(ANSWERS))
          .isInstanceOfSatisfying(
              CommandException.class,
              end -> assertThat(end.exit()).isEqualTo(Exit.MISSING_OR_TAKEN))
          .hasMessage("another kerbside serves from %s", socket());
      assertThat(type("status").exit()).isZero();
    }
  }

  @Test
  void onlyOwnerAndGroupMayKnock() throws Exception {
    try (var server = open(ANSWERS)) {
      assertThat(server).isNotNull();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-rw----");
    }
  }

  @Test
  void aClosedDoorLeavesNothingBehind() throws Exception {
    open(ANSWERS).close();

    assertThat(socket()).doesNotExist();
  }

  @Test
  void aRequestWithoutEndIsCutOff() throws Exception {
    try (var server = open(ANSWERS);
        var flood = SocketChannel.open(UnixDomainSocketAddress.of(socket()))) {
      assertThat(server).isNotNull();
      flood.write(UTF_8.encode("x".repeat(Talk.LONGEST_LINE)));
      var answer = ByteBuffer.allocate(3);
      flood.read(answer);
      assertThat(UTF_8.decode(answer.flip()).toString()).isEqualTo("no\n");
    }
  }

  @Test
  void silentVisitorsDoNotBarTheDoor() throws Exception {
    var silent = new ArrayList<SocketChannel>();
    try (var server = open(ANSWERS)) {
      assertThat(server).isNotNull();
      for (int i = 0; i < 15; i++) {
        silent.add(SocketChannel.open(UnixDomainSocketAddress.of(socket())));
      }
      assertThat(type("status").exit()).isZero();
    } finally {
      for (var visitor : silent) {
        visitor.close();
      }
    }
  }

  private ControlServer open(Map<String, Supplier<String>> answers) throws Exception {
    return ControlServer.open(socket(), () -> new Requests(answers, Map.of(), Map.of()));
  }

  private ControlServer openAbout(Map<String, Requests.About> about) throws Exception {
    return ControlServer.open(socket(), () -> new Requests(Map.of(), about, Map.of()));
  }

  private ControlServer openDeeds(Map<String, Requests.Deed> deeds) throws Exception {
    return ControlServer.open(socket(), () -> new Requests(Map.of(), Map.of(), deeds));
  }

  private Path local() throws IOException {
    return Files.createDirectories(machine.resolve("local"));
  }

  private Path socket() throws IOException {
    return local().resolve(ControlServer.SOCKET);
  }

  private Typed type(String line) {
    return Typed.of(new Recorded(), machine, new DemoCommand(), line);
  }

  private static void acceptAndClose(ServerSocketChannel door) {
    try {
      door.accept().close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
