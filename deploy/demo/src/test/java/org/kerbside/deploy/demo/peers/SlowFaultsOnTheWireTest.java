package org.kerbside.deploy.demo.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.testkit.NeedsPeer;

/** Faults that take hours or days of a street to be what they are, each through a real door. */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Tag("long")
@Tag("slow-faults")
@Timeout(600)
class SlowFaultsOnTheWireTest {

  /** Those that are tried nowhere else. */
  static final Set<String> FAULTS = Set.of("stuck", "drift", "dew", "emptied");

  private static final Instant MORNING =
      Instant.parse("2026-12-19T01:30:00Z"); // 9:30 h, a Saturday
  private static final Instant EVENING = Instant.parse("2026-12-17T14:00:00Z"); // 22 h

  private static final String SITE =
      """
      schema: 1
      demo: true
      site: { id: SLOW-1, name: slow, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      language: en
      uplink: { url: mqtt://127.0.0.1:BROKER, tenant: demo, compress: none, spread: 0s, accept: [ plaintext, anonymous ] }
      buses:
        tcp:   { driver: modbus, url: modbus://127.0.0.1:MODBUS, timeout: 200ms }
        coap:  { driver: coap, listen: 127.0.0.1:COAP }
        lora:  { driver: lorawan, url: mqtt://127.0.0.1:BROKER, accept: [ plaintext, anonymous ] }
        field: { driver: mqtt, url: mqtt://127.0.0.1:BROKER, accept: [ plaintext, anonymous ] }
      assets:
      """;

  @TempDir private Path temporary = Path.of("");

  @Test
  void whatSaysTheSameForADayIsStuck() throws Exception {
    var assets =
        """
          bin-1: { kind: bin, name: b, empty: 120cm, full: 30cm, at: field/1 }
          bin-2: { kind: bin, name: b, empty: 120cm, full: 30cm, profile: ultrasonic-485, at: tcp/31 }
          bin-3: { kind: bin, name: b, empty: 120cm, full: 30cm, at: field/3 }
        """;
    var rows =
        FastSite.Row.of(
            """
            stuck | bin-1 | bin-1/fill stuck
            stuck | bin-2 | bin-2/fill stuck
            stuck | bin-1 | bin-1/bin-sensor-doubt raised
            """);
    try (var site = begin(assets, MORNING, 720)) {
      site.strike("bin-1", "stuck");
      site.strike("bin-2", "stuck");
      site.await(rows, Duration.ofMinutes(4));
      assertThat(site.seen())
          .as("its neighbour, and what is full because nobody can see it emptied")
          .noneMatch(mark -> mark.startsWith("bin-3/") && mark.endsWith(" stuck"))
          .noneMatch(mark -> mark.matches("bin-[12]/emptied [1-9]"));
    }
  }

  /** They were nearly full, and so would be full if the air were dry; it is wet before they are. */
  @Test
  void dewIsNotWaste() throws Exception {
    var assets =
        """
          sky: { kind: weather, name: w, at: coap/1 }
          bin-0: { kind: bin, name: b, empty: 120cm, full: 30cm, at: field/0 }
          bin-8: { kind: bin, name: b, empty: 120cm, full: 30cm, at: field/1 }
          bin-9: { kind: bin, name: b, empty: 120cm, full: 30cm, profile: ultrasonic-485, at: tcp/31 }
        """;
    var rows =
        FastSite.Row.of(
            """
            dew | bin-8 | bin-8/fill condensation
            dew | bin-9 | bin-9/fill condensation
            dew | bin-8 | bin-8/bin-sensor-doubt raised
            """);
    try (var site = begin(assets, EVENING, 60)) {
      site.await("bin-8", line -> number(line, "fill") > 0.6);
      site.await("bin-9", line -> number(line, "fill") > 0.6);
      site.strike("bin-0", "dew");
      site.await("sky", line -> number(line, "humidity") == 99);
      site.strike("bin-8", "dew");
      site.strike("bin-9", "dew");
      site.await(rows, Duration.ofMinutes(3));
      assertThat(site.seen())
          .noneMatch(mark -> mark.matches("bin-[89]/(bin-full|bin-overflow) raised"));
    }
  }

  @Test
  void whoIsEmptiedBetweenTimesIsCountedOnce() throws Exception {
    var assets =
        """
          bin-1: { kind: bin, name: b, empty: 120cm, full: 30cm, at: coap/1 }
          bin-2: { kind: bin, name: b, empty: 120cm, full: 30cm, profile: em400-mud, at: lora/24E124713B010001 }
        """;
    var rows =
        FastSite.Row.of("emptied | bin-1 | bin-1/emptied 1\nemptied | bin-2 | bin-2/emptied 1");
    try (var site = begin(assets, EVENING, 60)) {
      for (var bin : new String[] {"bin-1", "bin-2"}) {
        site.await(bin, line -> number(line, "fill") > 0.5);
        site.strike(bin, "emptied");
      }
      site.await(rows, Duration.ofMinutes(2));
      site.pass(Duration.ofHours(4)); // Before the crew's own time.
      assertThat(site.seen()).doesNotContain("bin-1/emptied 2", "bin-2/emptied 2");
    }
  }

  /** It begins half a kilowatt-hour before its 32 bits are full: what is more has gone round. */
  @Test
  void aDialThatGoesRoundGoesOn() throws Exception {
    var assets =
        """
          lamp-1: { kind: lamp, name: l, power: 250W, profile: pzem-004t, at: tcp/21, counters: { energy: { bits: 32 } } }
        """;
    try (var site = begin(assets, MORNING, 60)) {
      var first = site.await("lamp-1", line -> number(line, "energy") > 0);
      site.pass(Duration.ofMinutes(150));
      site.await("lamp-1", line -> number(line, "energy") > number(first, "energy") + 0.55);
      assertThat(site.seen())
          .noneMatch(mark -> mark.endsWith(" fell") || mark.endsWith("lamp-1/energy jump"))
          .noneMatch(mark -> mark.startsWith("counter-"));
    }
  }

  @Test
  void aLeakIsKnownAfterThreeNights() throws Exception {
    var assets =
        """
          master-1: { kind: master, name: m, pipe: DN40, profile: tuf-2000m, at: tcp/41 }
        """;
    try (var site = begin(assets, MORNING, 1440)) {
      site.pass(Duration.ofHours(20)); // a sound night
      site.strike("master-1", "leak");
      var rows = FastSite.Row.of("leak | master-1 | master-1/water-leak raised");
      site.pass(Duration.ofHours(68));
      assertThat(site.missing(rows)).as("after two nights").isEqualTo(rows);
      site.await(rows, Duration.ofMinutes(3));
    }
  }

  /**
   * A sensor that looks at a wall 2.6 m away, since its bin lies on its side, creeps by a hundredth
   * a day. Nobody can tell that from a bin that changes, so nothing is concluded; two known points
   * make it right again.
   */
  @Test
  void whatDriftsIsRightAgainOnceItIsCalibrated() throws Exception {
    var assets =
        """
          bin-1: { kind: bin, name: b, empty: 400cm, full: 100cm, compensated: true, at: field/1 }
        """;
    try (var site = begin(assets, MORNING, 1440)) {
      site.await("bin-1", line -> number(line, "fill") >= 0);
      site.strike("bin-1", "moved");
      site.await("bin-1", line -> number(line, "fill") == 0.467);
      site.strike("bin-1", "drift");
      site.pass(Duration.ofDays(4));
      site.await("bin-1", line -> number(line, "distance") >= 2.678); // three hundredths
      site.await("bin-1", line -> isBetween(number(line, "fill"), 0.41, 0.441));
      assertThat(site.seen())
          .contains("bin-1/bin-moved raised")
          .doesNotContain("bin-1/bin-sensor-doubt raised");
      var told = site.kerbside("calibrate", "bin-1", "empty=416cm", "full=104cm", "--by", "4711");
      assertThat(told.exit()).as(told.output()).isZero();
      site.await("bin-1", line -> isBetween(number(line, "fill"), 0.45, 0.47));
      assertThat(site.seen()).contains("commission");
    }
  }

  private FastSite begin(String assets, Instant origin, int speed) throws Exception {
    var site = new FastSite(temporary, SITE + assets, origin, speed, FastSite.Keys.NONE);
    site.ready();
    return site;
  }

  private static boolean isBetween(double number, double least, double most) {
    return number >= least && number <= most;
  }

  /** Of an asset's state; no number where there is none. */
  private static double number(String line, String point) {
    var found = Pattern.compile("\"%s\":\\{\"v\":([-0-9.eE]+)".formatted(point)).matcher(line);
    return found.find() ? Double.parseDouble(found.group(1)) : Double.NaN;
  }
}
