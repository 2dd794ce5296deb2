package org.kerbside.deploy.platform.receiver;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;

/** The receiver as a process, against a real mosquitto. */
@NeedsPeer("mosquitto")
@Timeout(180)
class ReceiverTest {

  private static final String[] HASTY = {"--interval", "200", "--hole-age", "400"};
  private static final String[] QUIET = {"--interval", "600000", "--hole-age", "600000"};

  @TempDir private Path folder;
  private Path store;
  private Mosquitto broker;
  private Gateway gateway;

  @BeforeEach
  void open() throws Exception {
    store = folder.resolve("city.db");
    broker = Mosquitto.start();
    gateway = Gateway.at(broker.url());
  }

  @AfterEach
  void close() throws Exception {
    gateway.close();
    broker.close();
  }

  @Test
  void countsRepeatsAndNamesHolesUntilAGapExplainsThem() throws Exception {
    try (var receiver = serve(QUIET)) {
      gateway.send("d", 1, 3);
      gateway.send("d", 7, 9);
      gateway.send("h", 2, 3);
      gateway.sendDeflated(10, Gateway.text("d", 10));
      gateway.send("h", 10, 10); // the same, not deflated: the same bytes
      awaitReceived(7, 3);
      assertThat(ReceiverProcess.verify(store))
          .containsPattern("qingyang/CD-QY-0173 +01K4Z6R0YH +d +7 +3 +0 +3 +missing 4-6\n")
          .endsWith("not whole\nexit 1");

      gateway.sendEvent(1, Gateway.gap(1, 4, 6));
      awaitVerified("exit 0");
      assertThat(ReceiverProcess.verify(store))
          .containsPattern("01K4Z6R0YH +d +7 +3 +3 +0\n")
          .containsPattern("01K4Z6R0YH +e +1 +0 +0 +0\n");
      assertThat(receiver.stop()).isZero();
    }
  }

  @Test
  void tellsTheGatewayHowFarItIsAndWhatItNeeds() throws Exception {
    try (var receiver = serve(HASTY)) {
      gateway.send("d", 1, 3);
      gateway.send("d", 7, 9);
      awaitHeard("\"seq\":3,\"need\":[[4,6]]");
      gateway.send("h", 4, 5);
      awaitHeard("\"seq\":5,\"need\":[[6,6]]");
      gateway.sendEvent(1, Gateway.gap(1, 6, 6));
      awaitHeard("{\"stream\":\"d\",\"epoch\":\"01K4Z6R0YH\",\"seq\":9,\"need\":[]}");
      awaitHeard("{\"stream\":\"e\",\"epoch\":\"01K4Z6R0YH\",\"seq\":1,\"need\":[]}");
      assertThat(receiver.said()).doesNotContain("fault");
    }
  }

  @Test
  void aRepeatOfWhatItHasIsAnsweredWithTheWatermarkAgain() throws Exception {
    try (var receiver = serve(HASTY)) {
      gateway.send("d", 1, 3);
      awaitHeard("\"seq\":3,\"need\":[]");
      gateway.heard().clear();
      gateway.send("h", 3, 3);
      awaitHeard("\"seq\":3,\"need\":[]");
      assertThat(receiver.said()).doesNotContain("fault");
    }
  }

  @Test
  void aGatewayThatListensToItsBrokerIsToldNothing() throws Exception {
    gateway.sendState("broker");
    try (var receiver = serve(HASTY)) {
      gateway.send("d", 1, 3);
      awaitReceived(3, 0);
      gateway.sendState("platform");
      awaitHeard("\"seq\":3,\"need\":[]");
      assertThat(gateway.heard()).hasSize(1);
      assertThat(receiver.said()).doesNotContain("fault");
    }
  }

  @Test
  void manyFramesBringAWatermarkBeforeItsTime() throws Exception {
    try (var receiver = serve("--interval", "600000", "--frames", "50")) {
      gateway.send("d", 1, 49);
      awaitReceived(49, 0);
      gateway.send("d", 50, 60);
      Await.until("a watermark", () -> !gateway.heard().isEmpty());
      assertThat(gateway.heard().getFirst()).contains("\"need\":[]");
      assertThat(receiver.said()).doesNotContain("fault");
    }
  }

  @Test
  void aRestartKeepsItsCursorsAndFindsWhatCameMeanwhile() throws Exception {
    try (var receiver = serve(QUIET)) {
      gateway.send("d", 1, 100);
      awaitReceived(100, 0);
      assertThat(receiver.stop()).isZero();
    }
    gateway.send("d", 101, 200);
    gateway.send("h", 50, 59);
    gateway.settle();
    try (var receiver = serve(QUIET)) {
      awaitReceived(200, 10);
      assertThat(receiver.stop()).isZero();
    }
    assertThat(ReceiverProcess.verify(store)).endsWith("exit 0");
  }

  /** Committed before the PUBACK: what was under way comes again. */
  @Test
  @Tag("receiver-kills")
  void killedUnderLoadItLosesNothing() throws Exception {
    var campaign = Campaign.of("receiver-kills", 6);
    var chance = campaign.chance();
    int sent = 0;
    for (int kill = 0; kill < campaign.n(); kill++) {
      try (var receiver = serve(QUIET)) {
        int count = 500 + chance.nextInt(1500);
        gateway.send("d", sent + 1, sent + count);
        sent += count;
        receiver.kill();
      }
    }
    gateway.settle();
    try (var receiver = serve(QUIET)) {
      int all = sent;
      awaitVerified(" d +%d +\\d+ +0 +0\n".formatted(all));
      assertThat(receiver.stop()).isZero();
    }
    assertThat(ReceiverProcess.verify(store)).as(campaign.toString()).endsWith("exit 0");
  }

  @Test
  void twoShareTheLoadAndTheStore() throws Exception {
    try (var first = serve("--client", "receiver-1", "--interval", "200");
        var second = serve("--client", "receiver-2", "--interval", "200")) {
      gateway.send("d", 1, 2000);
      gateway.settle();
      awaitVerified(" d +2000 +0 +0 +0\n");
      awaitHeard("\"seq\":2000,\"need\":[]");
      assertThat(first.stop()).isZero();
      assertThat(second.stop()).isZero();
      assertThat(kept(first) + kept(second)).isEqualTo(2000);
      assertThat(kept(first)).isBetween(500, 1500);
    }
  }

  @Test
  void whatIsNoFrameIsCountedAndHoldsNothingUp() throws Exception {
    try (var receiver = serve(QUIET)) {
      broker.publish(Gateway.PREFIX + "/d", "not a frame", 1);
      broker.publish(
          Gateway.PREFIX + "/d", Gateway.text("d", 1), 1); // a bridge lost the properties
      awaitVerified("1 messages were no frames\n");
      awaitVerified(" d +1 +0 +0 +0\n");
      assertThat(receiver.stop()).isZero();
    }
  }

  private ReceiverProcess serve(String... more) throws Exception {
    return ReceiverProcess.serve(store, broker.url(), more);
  }

  private static int kept(ReceiverProcess receiver) {
    return Integer.parseInt(
        receiver.said().replaceAll("(?s).*stopped; (\\d+) messages kept.*", "$1"));
  }

  private void awaitReceived(int received, int repeats) throws Exception {
    Await.until(
        "%d received and %d repeats".formatted(received, repeats),
        () -> {
          try (var open = Store.open(store)) {
            return open.cursors().stream()
                .filter(cursor -> cursor.place.stream().equals("d"))
                .anyMatch(c -> c.received.count() == received && c.repeats == repeats);
          }
        });
  }

  private void awaitVerified(String pattern) throws Exception {
    Await.until(
        pattern,
        () ->
            java.util.regex.Pattern.compile(pattern).matcher(ReceiverProcess.verify(store)).find(),
        Duration.ofSeconds(60),
        this::verified);
  }

  private String verified() {
    try {
      return ReceiverProcess.verify(store);
    } catch (Exception cause) {
      return cause.toString();
    }
  }

  private void awaitHeard(String part) throws Exception {
    Await.until(
        part,
        () -> gateway.heard().stream().anyMatch(text -> text.contains(part)),
        Duration.ofSeconds(30),
        gateway.heard()::toString);
  }
}
