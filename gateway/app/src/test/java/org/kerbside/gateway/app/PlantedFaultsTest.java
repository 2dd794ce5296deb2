package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.DiskLog;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Shim;

/**
 * The checker is checked: a product in which one promise is broken on purpose does not pass the
 * kill loop. Where a fault shows only at one instant, the death comes at that instant.
 */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(240)
class PlantedFaultsTest {

  @TempDir private Path folder;

  @Test
  void whoAcknowledgesBeforeTheCommitLoses() throws Exception {
    var patch =
        sound()
            .before(
                "gateway/app:Writer",
                "var commit = journal.commit(entry(gathered.batches()), snapshot);",
                """
                gathered.batches().forEach(b -> b.receipts().forEach(Writer::acknowledge));
                java.util.concurrent.locks.LockSupport.parkNanos(20_000_000);
                """);
    assertThat(diedAt(KillPoints.WRITTEN, patch).lost()).isNotEmpty();
  }

  @Test
  @Tag("long")
  @Tag("planted")
  void whoFreesAFrameOnceItIsSentLosesIt() throws Exception {
    var patch =
        sound()
            .after(
                "gateway/uplink:Conversation",
                "underWay.put(message, room.nanos());",
                """
                if (message.lane().stream() != null) {
                  room.doors().outbox().acknowledge(message.lane().stream(), message.seq());
                }
                """);
    try (var loop = KillLoop.open(folder, patch.into(folder))) {
      try (var gateway = loop.start(Map.of()).ready()) {
        Thread.sleep(500);
        loop.swallow();
        Thread.sleep(1_000);
        gateway.kill();
      }
      var verdict = loop.settle();
      assertThat(verdict.unexplained()).as(verdict.toString()).isNotEmpty();
      assertThat(verdict.lost()).isNotEmpty();
    }
  }

  @Test
  @Tag("long")
  @Tag("planted")
  void whoCountsSeqInMemoryBreaksThePlace() throws Exception {
    var patch =
        sound()
            .replace(
                "gateway/journal:Opening",
                "side.heads(),",
                "new Heads(0, side.heads().events(), side.heads().commands(),"
                    + " side.heads().outcomes(), side.heads().deliveries(), side.heads().audit()),")
            .replace(
                "gateway/journal:WriteSide",
                "\"INSERT INTO readings\" + FRAME",
                "\"INSERT OR REPLACE INTO readings\" + FRAME");
    assertThat(diedAt(KillPoints.COMMITTED, patch).problems()).isNotEmpty();
  }

  @Test
  @Tag("long")
  @Tag("planted")
  void whoForgetsTheCommandsThatItKnowsMovesTwice() throws Exception {
    var patch =
        sound()
            .replace(
                "gateway/app:Pipeline",
                "journal.commands(Desk.VERIFY).stream()",
                "journal.commands(Desk.VERIFY).stream().limit(0)")
            .replace(
                "gateway/app:Writer", "journal.command(command.id())", "journal.command(\"\")");
    assertThat(diedAt(KillPoints.MOVED, patch).broken())
        .anyMatch(problem -> problem.contains("moved its actuator"));
  }

  @Test
  @Tag("long")
  @Tag("planted")
  void whoDoesNotKnowAPackThatIsSentAgainDoublesIt() throws Exception {
    var patch =
        sound()
            .replace(
                "drivers/coap:Packs",
                "\"%s#%s\".formatted(device, hash(exchange.getRequestPayload()))",
                "device + System.nanoTime()");
    assertThat(diedAt(KillPoints.PACK_COMMITTED, patch).doubled()).isNotEmpty();
  }

  @Test
  @NeedsPeer("cc")
  void whoDoesNotSyncLosesInAPowerCut() throws Exception {
    var patch =
        sound()
            .replace(
                "gateway/journal:Database",
                "\"PRAGMA synchronous = FULL\"",
                "\"PRAGMA synchronous = NORMAL\"");
    try (var loop = KillLoop.open(folder, patch.into(folder))) {
      var shim = Shim.over(loop.data(), folder.resolve("shim"));
      try (var gateway = loop.start(shim.environment()).ready()) {
        Thread.sleep(500);
        loop.swallow(); // or the city has by chance what the disk has not
        Thread.sleep(500);
        gateway.kill();
      }
      DiskLog.afterPowerLoss(shim.log(), loop.data());
      assertThat(loop.settle().lost()).isNotEmpty();
    }
  }

  private static Patch sound() throws IOException {
    return KillPoints.in(KillLoop.patch());
  }

  private Verdict diedAt(KillPoints point, Patch patch) throws Exception {
    try (var loop = KillLoop.open(folder, patch.into(folder))) {
      for (int death = 0; death < 2; death++) {
        KillPointsTest.dieAt(loop, point.name(), point.passes());
      }
      var verdict = loop.settle();
      System.out.println(point + ": " + verdict);
      return verdict;
    }
  }
}
