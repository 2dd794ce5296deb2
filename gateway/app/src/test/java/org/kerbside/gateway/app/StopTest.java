package org.kerbside.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.drivers.testkit.NeedsPeer;

/** SIGTERM at full load: in order, in time, and nothing that was acknowledged is lost. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
class StopTest {

  private static final String ARRIVAL = "arrival";
  private static final String SILENT = "drivers are silent";
  private static final String COMMIT = "commit";
  private static final Duration LONGEST = Duration.ofSeconds(10);

  @TempDir private Path folder;

  @Test
  @Tag("stops")
  @Timeout(3600)
  void stoppedAtFullLoadItEndsInOrderAndInTime() throws Exception {
    var campaign = Campaign.of("stops", 2);
    var chance = campaign.chance();
    var slowest = Duration.ZERO;
    try (var loop = KillLoop.at(folder, patch().into(folder))) {
      loop.begin(KillLoop.Load.FULL);
      for (int stop = 0; stop < campaign.n(); stop++) {
        int noted = loop.notes().size();
        try (var gateway = loop.start(Map.of()).ready()) {
          Thread.sleep(300 + chance.nextInt(1_500));
          long asked = System.nanoTime();
          assertThat(gateway.stop()).as(gateway::said).isZero();
          var took = Duration.ofNanos(System.nanoTime() - asked);
          slowest = took.compareTo(slowest) > 0 ? took : slowest;
          assertThat(took).as(campaign.toString()).isLessThan(LONGEST);
          var notes = loop.notes();
          isInOrder(notes.subList(noted, notes.size()));
        }
      }
      var verdict = loop.settle();
      System.out.println(
          "campaign stops: stopped %d times, the slowest in %d ms, %s"
              .formatted(campaign.n(), slowest.toMillis(), verdict));
      assertThat(verdict.problems()).as(campaign.toString()).isEmpty();
    }
  }

  /** Nothing comes from a driver that is silent, and what came before is committed. */
  private static void isInOrder(List<String> notes) {
    assertThat(notes).contains(ARRIVAL, COMMIT, SILENT);
    assertThat(notes.lastIndexOf(ARRIVAL)).isLessThan(notes.indexOf(SILENT));
    assertThat(notes.lastIndexOf(ARRIVAL)).isLessThan(notes.lastIndexOf(COMMIT));
  }

  private static Patch patch() throws IOException {
    return KillLoop.patch()
        .after("gateway/app:Intake", "private void count(Arrival.Heard heard) {", note(ARRIVAL))
        .after("gateway/app:wiring/Gateway", "field.end(goOn, heir);", note(SILENT))
        .after("gateway/journal:Appending", "fault.at(Fault.Step.COMMITTED);", note(COMMIT));
  }

  private static String note(String line) {
    return "org.kerbside.gateway.app.Probe.note(\"%s\");".formatted(line);
  }
}
