package org.kerbside.deploy.demo.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.drivers.simulator.SteppedStreet;
import org.kerbside.drivers.testkit.NeedsPeer;

/**
 * What a gateway makes of each fault that comes through a real door, at the command of {@code
 * kerbside simulate}. Street and gateway live sixty times as fast; lines and radios keep their
 * time.
 */
@NeedsPeer({"mosquitto", "mosquitto_sub", "mosquitto_pub"})
@Timeout(240)
class FaultsOnTheWireTest {

  private static final int SPEED = 60;
  private static final Instant ORIGIN = Instant.parse("2026-12-15T03:00:00Z"); // 11 h at the site
  private static final Duration PATIENCE = Duration.ofSeconds(100);

  private static final String SITE =
      """
      schema: 1
      demo: true
      site: { id: WIRE-1, name: wire, timezone: Asia/Shanghai, location: 30.6586N 104.0583E }
      language: en
      uplink: { url: mqtt://127.0.0.1:BROKER, tenant: demo, compress: none, spread: 0s, accept: [ plaintext, anonymous ] }
      buses:
        tcp:    { driver: modbus, url: modbus://127.0.0.1:MODBUS, timeout: 200ms }
        rtu:    { driver: modbus, port: PORTS/rtu, line: 115200 8N1, timeout: 200ms }
        good:   { driver: modbus, url: modbus://127.0.0.1:GOOD, timeout: 200ms }
        uart-1: { driver: board, serial: PORTS/uart-1, every: 1s }
        uart-2: { driver: board, serial: PORTS/uart-2 }
        uart-3: { driver: board, serial: PORTS/uart-3 }
        uart-4: { driver: board, serial: PORTS/uart-4 }
        uart-5: { driver: board, serial: PORTS/uart-5 }
        uart-6: { driver: board, serial: PORTS/uart-6, every: 1s }
        coap:   { driver: coap, listen: 127.0.0.1:COAP }
        coaps:  { driver: coap, listen: 127.0.0.1:COAPS, dtls: { keys: !secret coap-keys } }
        lora:   { driver: lorawan, url: mqtt://127.0.0.1:BROKER, accept: [ plaintext, anonymous ] }
        field:  { driver: mqtt, url: mqtt://127.0.0.1:BROKER, accept: [ plaintext, anonymous ] }
      assets:
        tcp-silent: { kind: bin, name: b, empty: 120cm, full: 30cm, profile: ultrasonic-485, at: tcp/31 }
        tcp-bad:    { kind: bin, name: b, empty: 120cm, full: 30cm, profile: ultrasonic-485, at: tcp/32 }
        tcp-good:   { kind: bin, name: b, empty: 120cm, full: 30cm, profile: ultrasonic-485, at: tcp/33 }
        rtu-silent: { kind: bin, name: b, empty: 120cm, full: 30cm, profile: ultrasonic-485, at: rtu/31 }
        rtu-bad:    { kind: bin, name: b, empty: 120cm, full: 30cm, profile: ultrasonic-485, at: rtu/32 }
        rtu-full:   { kind: bin, name: b, empty: 120cm, full: 30cm, profile: ultrasonic-485, at: rtu/33 }
        feeder-1:   { kind: feeder, name: f, devices: [ { profile: sdm120, at: tcp/1 }, { profile: leakage-485, at: rtu/2 } ] }
        lamp-1:     { kind: lamp, name: l, parent: feeder-1, power: 60W, profile: lamp-485, at: good/11 }
        lamp-2:     { kind: lamp, name: l, parent: feeder-1, power: 60W, profile: lamp-485, at: good/12 }
        lamp-3:     { kind: lamp, name: l, parent: feeder-1, power: 60W, profile: lamp-485, at: good/13 }
        lamp-4:     { kind: lamp, name: l, parent: feeder-1, power: 60W, profile: pzem-004t, at: good/14 }
        lamp-6:     { kind: lamp, name: l, parent: feeder-1, power: 60W, profile: pzem-004t, at: good/16 }
        feeder-4:   { kind: feeder, name: f, profile: sdm630, at: good/3 }
        feeder-2:   { kind: feeder, name: f, profile: sdm120, at: good/2 }
        lamp-5:     { kind: lamp, name: l, parent: feeder-2, power: 60W, profile: lamp-485, at: good/15 }
        feeder-3:   { kind: feeder, name: f, at: coap/8 }
        dust-1:     { kind: dust, name: d, at: coap/9 }
        cabinet:    { kind: cabinet, name: c, at: coap/10 }
        wc-2:       { kind: toilet, name: t, at: coap/11 }
        uart-silent: { kind: bin, name: b, empty: 120cm, full: 30cm, profile: a02yyuw, at: uart-1/1 }
        uart-bad:   { kind: bin, name: b, empty: 120cm, full: 30cm, profile: a02yyuw, at: uart-2/1 }
        uart-blind: { kind: bin, name: b, empty: 120cm, full: 30cm, profile: a02yyuw, at: uart-3/1 }
        wc-1:       { kind: toilet, name: t, at: coap/wc-1 }
        radar-bad:  { kind: stall, name: s, parent: wc-1, profile: ld2410, at: uart-4/1 }
        radar-long: { kind: stall, name: s, parent: wc-1, profile: ld2410, at: uart-5/1 }
        gas-bad:    { kind: air, name: a, parent: wc-1, profile: ze03-nh3, at: uart-6/1 }
        coap-silent: { kind: stall, name: s, parent: wc-1, at: coap/1, heartbeat: { presence: 2min } }
        coap-bad:   { kind: stall, name: s, parent: wc-1, at: coap/2 }
        coap-sos:   { kind: stall, name: s, parent: wc-1, at: coap/3 }
        coap-flap:  { kind: stall, name: s, parent: wc-1, at: coap/4 }
        coap-ahead: { kind: bin, name: b, empty: 120cm, full: 30cm, at: coap/5 }
        coap-behind: { kind: bin, name: b, empty: 120cm, full: 30cm, at: coap/6 }
        coap-moved: { kind: bin, name: b, empty: 120cm, full: 30cm, at: coap/7 }
        tls-silent: { kind: stall, name: s, parent: wc-1, at: coaps/1, heartbeat: { presence: 2min } }
        tls-bad:    { kind: stall, name: s, parent: wc-1, at: coaps/2 }
        tls-ahead:  { kind: bin, name: b, empty: 120cm, full: 30cm, at: coaps/3 }
        tls-behind: { kind: bin, name: b, empty: 120cm, full: 30cm, at: coaps/4 }
        tls-other:  { kind: bin, name: b, empty: 120cm, full: 30cm, at: coaps/5 }
        mqtt-silent: { kind: stall, name: s, parent: wc-1, at: field/1, heartbeat: { presence: 2min } }
        mqtt-bad:   { kind: stall, name: s, parent: wc-1, at: field/2 }
        mqtt-ahead: { kind: bin, name: b, empty: 120cm, full: 30cm, at: field/3 }
        mqtt-behind: { kind: bin, name: b, empty: 120cm, full: 30cm, at: field/4 }
        mqtt-open:  { kind: bin, name: b, empty: 120cm, full: 30cm, at: field/5 }
        mqtt-spike: { kind: bin, name: b, empty: 120cm, full: 30cm, at: field/6 }
        lora-silent: { kind: stall, name: s, parent: wc-1, profile: vs330, at: lora/24E124600B010001, heartbeat: { presence: 2min, occupied: 2min } }
        lora-bad:   { kind: bin, name: b, empty: 120cm, full: 30cm, profile: em400-mud, at: lora/24E124713B010001 }
        lora-ahead: { kind: bin, name: b, empty: 120cm, full: 30cm, profile: em400-mud, at: lora/24E124713B010002 }
        lora-behind: { kind: bin, name: b, empty: 120cm, full: 30cm, profile: em400-mud, at: lora/24E124713B010003 }
        lora-fire:  { kind: bin, name: b, empty: 120cm, full: 30cm, profile: em400-mud, at: lora/24E124713B010004 }
        air-1:      { kind: air, name: a, parent: wc-1, profile: gs301, at: lora/24E124707C010001 }
        master-1:   { kind: master, name: m, pipe: DN40, devices: [ { profile: tuf-2000m, at: rtu/41 }, { profile: relay-485, at: rtu/42 } ] }
        master-2:   { kind: master, name: m, pipe: DN40, devices: [ { profile: tuf-2000m, at: rtu/43 }, { profile: relay-485, at: rtu/44 } ] }
        zone-1:     { kind: zone, name: z, parent: master-1, method: sprinkler, meter: { pulses: 450/L }, verify: 30min, profile: uc511, at: lora/24E124468B010001/1 }
      """;

  /** Fault, asset, and what must be seen of it. */
  private static final String AT_ONCE =
      """
      silent | tcp-silent | tcp-silent/device-silent raised
      bad-bytes | tcp-bad | tcp-bad/fill device exception
      silent | rtu-silent | rtu-silent/device-silent raised
      bad-bytes | rtu-bad | rtu-bad/fill bad checksum
      leakage | feeder-1 | feeder-1/feeder-leakage raised
      lamp-failure | lamp-1 | lamp-1/lamp-out raised
      meter-reset | lamp-4 | counter-reset lamp-4/energy
      meter-swap | lamp-6 | counter-reset lamp-6/energy
      phase-lost | feeder-4 | feeder-4/feeder-phase-lost raised
      feeder-trip | feeder-2 | feeder-2/feeder-lost raised
      burst-pipe | master-2 | master-2/water-burst raised
      bad-bytes | uart-bad | uart-bad/fill bad checksum
      blind-zone | uart-blind | uart-blind/fill blind zone
      bad-bytes | radar-bad | radar-bad/presence bad checksum
      bad-bytes | gas-bad | gas-bad/nh3 bad checksum
      silent | coap-silent | coap-silent/device-silent raised
      bad-bytes | coap-bad | malformed coap/2
      clock-ahead | coap-ahead | coap-ahead/fill source time
      clock-behind | coap-behind | coap-behind/distance long ago
      sos | coap-sos | coap-sos/stall-sos raised
      flapping | coap-flap | coap-flap/stall-sensor-doubt raised
      moved | coap-moved | coap-moved/bin-moved raised
      leak | wc-2 | wc-2/toilet-water-running raised
      door-open | cabinet | cabinet/cabinet-open raised
      silent | tls-silent | tls-silent/device-silent raised
      bad-bytes | tls-bad | malformed coaps/2
      clock-ahead | tls-ahead | tls-ahead/fill source time
      clock-behind | tls-behind | tls-behind/distance long ago
      silent | mqtt-silent | mqtt-silent/device-silent raised
      bad-bytes | mqtt-bad | malformed field/2
      clock-ahead | mqtt-ahead | mqtt-ahead/fill source time
      clock-behind | mqtt-behind | mqtt-behind/distance long ago
      lid-open | mqtt-open | mqtt-open/bin-lid-open raised
      silent | lora-silent | lora-silent/device-silent raised
      bad-bytes | lora-bad | refused lora/24E124713B010001
      clock-ahead | lora-ahead | lora-ahead/fill source time
      clock-behind | lora-behind | lora-behind/distance long ago
      bin-fire | lora-fire | lora-fire/bin-burning raised
      odour | air-1 | air-1/toilet-odour raised
      valve-stuck | zone-1 | zone-1/zone-stuck-open raised
      """;

  /** Of the whole street, when the others have been seen. */
  private static final String EVERYWHERE =
      """
      dust-storm | dust-1 | feeder-3/lux weather
      freezing-night | master-1 | wc-1/toilet-frost raised
      power-cut | cabinet | cabinet/mains-lost raised
      """;

  /** What takes a while to be believed, even sixty times as fast. */
  private static final String LATER =
      """
      silent | uart-silent | uart-silent/device-silent raised
      long-occupancy | radar-long | radar-long/stall-overstay raised
      cycling | lamp-3 | lamp-3/lamp-cycling raised
      day-burner | lamp-2 | lamp-2/lamp-day-burner raised
      bin-overflow | rtu-full | rtu-full/bin-full raised
      bin-overflow | mqtt-spike | mqtt-spike/bin-full raised
      """;

  /** A wild value, of a bin that is full by then. */
  private static final String LAST = "spike | mqtt-spike | mqtt-spike/fill rate\n";

  @TempDir private Path temporary = Path.of("");

  /** Sixteen bytes each; one device has the key that it had before its own was changed. */
  private static final FastSite.Keys KEYS =
      new FastSite.Keys(
          keys("000102030405060708090a0b0c0d0e0f"), keys("f0e1d2c3b4a5968778695a4b3c2d1e0f"));

  private static String keys(String last) {
    var keys = new StringBuilder("5:%s\n".formatted(last));
    for (int device = 1; device < 5; device++) {
      keys.append("%d:%032x\n".formatted(device, device * 7919));
    }
    return keys.toString();
  }

  @Test
  void eachFaultHasItsReasonOrItsAlarm() throws Exception {
    var seen = seen(AT_ONCE, EVERYWHERE);
    for (var clock :
        List.of(
            "coap-ahead", "coap-behind", "tls-ahead", "tls-behind", "mqtt-behind", "lora-behind")) {
      assertThat(seen).as("a wrong clock").noneMatch(mark -> isAlarm(clock, mark));
    }
    assertThat(seen).as("its neighbour is deaf").noneMatch(mark -> isAlarm("tcp-good", mark));
    assertThat(seen).as("whatever its dial does").noneMatch(mark -> mark.endsWith(" fell"));
    assertThat(seen).as("with another key").contains("handshake-failed coaps/5");
    assertThat(seen).noneMatch(mark -> mark.startsWith("tls-other/fill"));
  }

  /** Here, or where days of a street must pass. */
  @Test
  void noFaultIsLeftOut() {
    var tried = new HashSet<>(SlowFaultsOnTheWireTest.FAULTS);
    for (var table : List.of(AT_ONCE, EVERYWHERE, LATER, LAST)) {
      FastSite.Row.of(table).forEach(row -> tried.add(row.fault()));
    }
    assertThat(tried).containsExactlyInAnyOrderElementsOf(SteppedStreet.faults());
  }

  @Test
  @Tag("long")
  void whatTakesLongerHasItsAlarmToo() throws Exception {
    seen(LATER, LAST);
  }

  /** All that a city sees while one table of faults strikes after the other. */
  private Set<String> seen(String... tables) throws Exception {
    try (var site = new FastSite(temporary, SITE, ORIGIN, SPEED, KEYS)) {
      site.ready();
      begin(site);
      for (var table : tables) {
        var rows = FastSite.Row.of(table);
        assertThat(site.missing(rows)).as("before anything is wrong").isEqualTo(rows);
        rows.forEach(row -> site.strike(row.asset(), row.fault()));
        site.order("zone-1/valve", 0);
        site.await(rows, PATIENCE);
      }
      return site.seen();
    }
  }

  /** Light and water by day, so that something can be missed. */
  private static void begin(FastSite site) throws Exception {
    for (var point : List.of("lamp-1/dim", "lamp-3/dim", "lamp-5/dim")) {
      site.order(point, 1);
    }
    for (var point : List.of("master-1/valve", "master-2/valve", "zone-1/valve")) {
      site.order(point, 1);
    }
    site.await("zone-1", FaultsOnTheWireTest::isFlowing);
    site.await("gas-bad", line -> !line.isEmpty());
  }

  private static boolean isAlarm(String asset, String mark) {
    return mark.startsWith(asset + "/") && mark.endsWith(" raised");
  }

  private static boolean isFlowing(String line) {
    return line.contains("\"flow\":{\"v\":") && !line.contains("\"flow\":{\"v\":0,");
  }
}
