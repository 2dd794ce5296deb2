package org.kerbside.gateway.app.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inspection;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.SerialCable;
import org.kerbside.gateway.app.FastClock;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/** A device that tells unasked on a real serial line, as it is wired. */
@NeedsPeer("socat")
@Timeout(60)
class UltrasoundOnACableTest {

  private static final String SITE =
      """
      schema: 1
      site: { id: CABLE-1, name: cable, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      uplink: { url: mqtt://127.0.0.1:1883, tenant: t, accept: [ plaintext, anonymous ] }
      buses: { line: { driver: board, serial: PORT, every: 100ms } }
      assets: { bin-1: { kind: bin, empty: 2m, full: 0.3m, profile: a02yyuw, at: line/1 } }
      """;

  private static final String AT_1953 = "\\377\\007\\241\\247";
  private static final String AT_842 = "\\377\\003\\112\\114";

  private final RecordingInlet inlet = new RecordingInlet();

  @TempDir private Path folder = Path.of("");

  @Test
  void aDeviceThatVanishesAndReturnsUnderAnotherNumberIsHeardAgain() throws Exception {
    try (var cable = SerialCable.in(folder);
        var field = field(cable.near())) {
      var first = cable.near().toRealPath();
      var device = device(cable, AT_1953);
      field.open(inlet);
      Await.until("a distance", () -> told(1953));
      assertThat(looked(field)).contains("ff 07 a1 a7 ff 07 a1 a7");
      cable.pull();
      device.destroyForcibly().onExit().join();
      Await.until(
          "the loss", () -> inlet.samples().contains(Sample.bad("distance", Reason.TIME_OUT)));
      inlet.clear();
      try (var other = SerialCable.in(Files.createDirectory(folder.resolve("other")))) {
        cable.plug();
        assertThat(cable.near().toRealPath()).isNotEqualTo(first).isNotEqualTo(other.near());
        device = device(cable, AT_842);
        Await.until("its return", () -> told(842));
        assertThat(told(1953)).as("what it said before").isFalse();
      }
      device.destroyForcibly().onExit().join();
    }
  }

  /** What a person sees go over the wire, whole. */
  private static String looked(Driver field) throws Exception {
    var look = ((Inspection) field).look("1");
    assertThat(look.talk()).allMatch(line -> line.startsWith("< "));
    return String.join("", look.talk()).replace("<", "").strip();
  }

  private boolean told(int millimetres) {
    return inlet.samples().contains(Sample.of("distance", millimetres, Unit.MILLIMETRE));
  }

  /** Says its telegram twenty times a second, as long as there is a line. */
  private static Process device(SerialCable cable, String telegram) throws Exception {
    return Peer.start(
        "sh",
        List.of(
            "-c",
            "while printf '%s'; do sleep 0.05; done > %s 2> /dev/null"
                .formatted(telegram, cable.far())));
  }

  private Driver field(Path port) throws Exception {
    var site =
        Files.writeString(folder.resolve("site.yaml"), SITE.replace("PORT", port.toString()));
    var running = new Running(folder, null, new FastClock(Instant.now(), 1), event -> {});
    return HandGateway.driver(site, running, "line");
  }
}
