package org.kerbside.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

class SiteReaderTest {

  private static final String[] PINS = {"buses.gpio.driver=board", "buses.gpio.pins=pinctrl-rp1"};

  @TempDir Path folder;

  @Test
  void readsEveryExampleSiteWithoutAMistake() throws IOException {
    try (var sites = Files.list(Path.of("sites"))) {
      assertThat(sites.filter(Files::isRegularFile))
          .hasSizeGreaterThanOrEqualTo(3)
          .allSatisfy(site -> Sites.good(site));
    }
  }

  @Test
  void readsTheSiteThatTheBenchUses() {
    var config = Sites.good(Path.of("sites/mqtt-field.yaml"));
    assertThat(config.assets()).hasSize(52);
    assertThat(config.assets().get(49).id()).isEqualTo("a49");
    assertThat(config.assets().get(49).points()).extracting(Point::name).contains("p0", "p3");
    assertThat(config.devices()).hasSize(50);
    assertThat(config.devices().get(7).address()).isEqualTo("a7");
    assertThat(config.devices().get(7).profile()).isSameAs(config.devices().get(8).profile());
    assertThat(config.journal().flash()).isNull();
    assertThat(config.uplink().compress()).isNull();
    assertThat(config.uplink().spread()).isEqualTo(Duration.ZERO);
    assertThat(config.rules()).hasSize(1);
    assertThat(config.buses().getFirst().own().text("url")).hasToString("mqtt://127.0.0.1:1883");
  }

  @Test
  void readsTheDemo() {
    var config = Sites.good(Path.of("sites/demo.yaml"));
    assertThat(config.assets()).hasSize(26);
    assertThat(config.site().name()).isEqualTo("人民公园 3 号公厕");
    assertThat(asset(config, "f2").name()).isEqualTo("女 2");
    assertThat(asset(config, "f2").parent()).isEqualTo("wc-1");
    assertThat(asset(config, "lamp-8").setting("power", 0)).isEqualTo(60);
    assertThat(asset(config, "wc-1").labels()).containsEntry("code", "51010503001000173");
    assertThat(config.language()).isEqualTo("zh-CN");
  }

  @Test
  void readsTheCoapField() {
    var config = Sites.good(Path.of("sites/coap-field.yaml"));
    assertThat(config.devices()).allMatch(device -> device.bus().equals("coap"));
    assertThat(config.devices()).extracting(Device::address).contains("bin-1", "lamp-2", "a4");
  }

  @Test
  void numbersPointsDenselyAndPutsTheCabinetLast() {
    var config = Sites.good(Path.of("sites/demo.yaml"));
    var indexes =
        config.assets().stream().flatMap(a -> a.points().stream()).map(Point::index).toList();
    assertThat(indexes).isEqualTo(IntStream.range(0, indexes.size()).boxed().toList());
    assertThat(config.assets().getLast().kind().name()).isEqualTo("cabinet");
  }

  @Test
  void letsTheSiteNameItsCabinet() throws IOException {
    var config = read("assets: { box: { kind: cabinet, name: 机柜 }, wc-1: { kind: toilet } }");
    assertThat(config.assets()).extracting(Asset::id).containsExactly("wc-1", "field", "box");
    assertThat(config.assets().getLast().name()).isEqualTo("机柜");
  }

  @Test
  void aBusIsAnAssetOfTheGateways() throws IOException {
    assertThat(read("").assets()).extracting(Asset::id).containsExactly("field", "cabinet");
  }

  @Test
  void overridesAnyScalarByItsPath() throws IOException {
    var config =
        read(
            "assets: { lamp-1..2: { kind: lamp, power: 60W, at: field/1..2 } }",
            "uplink.url=mqtt://127.0.0.1:1884?a=b",
            "journal.quota=64MB",
            "assets.lamp-1..2.power=80W",
            "uplink.accept=plaintext",
            "uplink.user=me",
            "uplink.user=you");
    assertThat(config.uplink().url()).hasToString("mqtt://127.0.0.1:1884?a=b");
    assertThat(config.uplink().identity())
        .isInstanceOfSatisfying(
            Identity.Password.class, it -> assertThat(it.user()).isEqualTo("you"));
    assertThat(config.uplink().accept()).containsExactly("plaintext");
    assertThat(config.journal().quota()).isEqualTo(64_000_000);
    assertThat(asset(config, "lamp-2").setting("power", 0)).isEqualTo(80);
  }

  @Test
  void includesFilesInTheirOrderAndWinsOverThem() throws IOException {
    Files.writeString(
        folder.resolve("a.yaml"),
        "language: en\njournal: { quota: 64MB, flash: none, history: 8MB, endurance: 20000GB }");
    Files.createDirectory(folder.resolve("sub"));
    Files.writeString(folder.resolve("sub/b.yaml"), "include: c.yaml\njournal: { quota: 32MB }");
    Files.writeString(
        folder.resolve("sub/c.yaml"), "journal: { quota: 16MB }\nuplink: { root: r }");
    var config = read("include: [ a.yaml, sub/b.yaml ]\nlanguage: zh-CN");
    assertThat(config.language()).isEqualTo("zh-CN");
    assertThat(config.journal())
        .isEqualTo(new JournalConfig(null, 32_000_000, 8_000_000, 20_000_000_000_000L));
    assertThat(config.uplink().root()).isEqualTo("r");
  }

  @Test
  void readsTheSameFileByTwoWaysWithoutACircle() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), "include: c.yaml");
    Files.writeString(folder.resolve("c.yaml"), "language: en");
    assertThat(read("include: [ a.yaml, c.yaml ]").language()).isEqualTo("en");
  }

  @Test
  void putsASecretInThePlaceOfItsName() throws IOException {
    Files.createDirectory(folder.resolve("secrets"));
    Files.writeString(folder.resolve("secrets/mqtt"), "s3cret\n");
    Files.writeString(folder.resolve("c.yaml"), "uplink: { user: $site, password: !secret mqtt }");
    var uplink = read("include: c.yaml").uplink();
    assertThat(uplink.identity()).isEqualTo(new Identity.Password("T-1", "s3cret"));
  }

  @Test
  void keepsSettingsInKeptUnitsWithTheirDefaults() throws IOException {
    var config =
        read(
            """
            assets:
              master-1: { kind: master, meter: { pulses: 12/L, at: gpio/23 }, season: 04-15..10-15 }
              zone-1..2: { kind: zone, method: drip, max-run: 40min, valve: gpio/25..26 }
              bin-1: { kind: bin, empty: 50cm, full: 300mm, at: field/1 }
            """,
            PINS);
    assertThat(asset(config, "master-1").settings())
        .containsEntry("meter.pulses", new Value.Num(12_000))
        .containsEntry("season", new Value.State("04-15..10-15"));
    assertThat(asset(config, "zone-2").settings())
        .containsEntry("valve", new Value.State("gpio/26"))
        .containsEntry("max-run", new Value.Num(2400));
    assertThat(asset(config, "bin-1").settings()).containsEntry("area", new Value.State("normal"));
  }

  @Test
  void knowsWhatSinglePointsAreWiredTo() throws IOException {
    var config =
        read(
            """
            assets:
              wc: { kind: toilet, fan: gpio/20 }
              s-1: { kind: stall, parent: wc, reed: { at: gpio/5, profile: door-reed },
                     devices: [ { profile: pir, at: gpio/13, point: presence } ] }
              z-1..2: { kind: zone, method: drip, valve: gpio/25..26 }
              m-1: { kind: master, meter: { pulses: 12/L, at: gpio/23 } }
              m-2: { kind: master, meter: { pulses: 12/L, at: gpio/24, profile: rain-bucket } }
            """,
            PINS);
    assertThat(config.devices())
        .extracting(
            device ->
                "%s is %s by %s".formatted(device.at(), device.point(), name(device.profile())))
        .containsExactly(
            "gpio/20 is fan by relay",
            "gpio/13 is presence by pir",
            "gpio/5 is shut by door-reed",
            "gpio/25 is valve by valve-relay",
            "gpio/26 is valve by valve-relay",
            "gpio/23 is pulses by pulses",
            "gpio/24 is pulses by rain-bucket");
  }

  @Test
  void aSimulatedStreetPlaysAnAssetOnceWhateverItIsWiredTo() throws IOException {
    var config =
        read(
            """
            demo: true
            assets:
              feeder: { kind: feeder, at: sim/f, contactor: sim/17, door: sim/18 }
              zone: { kind: zone, method: drip, valve: sim/25, meter: { pulses: 12/L, at: sim/26 } }
            """,
            "buses.sim.driver=simulator");
    assertThat(config.devices())
        .extracting(device -> device.at().text())
        .containsExactly("sim/f", "sim/25");
  }

  private static String name(@Nullable Profile profile) {
    return profile == null ? "none" : profile.name().text();
  }

  @Test
  void runsRangesOfCodesAlong() throws IOException {
    var config =
        read(
            """
            assets:
              bin-1..2:
                { kind: bin, empty: 1m, full: 30cm, at: field/1..2,
                  code: "05010503005000009..05010503005000010", place: 东门 1..2 }
            """);
    assertThat(asset(config, "bin-2").labels())
        .containsEntry("code", "05010503005000010")
        .containsEntry("place", "东门 1..2");
  }

  @Test
  void readsSeveralDevicesOfOneAsset() throws IOException {
    var config =
        read(
            """
            assets:
              air-1: { kind: air, parent: wc-1, devices: [ { at: field/a }, { at: field/b } ] }
              wc-1: { kind: toilet }
            """);
    assertThat(config.devices()).extracting(Device::address).containsExactly("a", "b");
  }

  @Test
  void changesBandsAndHeartbeats() throws IOException {
    var config =
        read(
            """
            assets:
              lamp-1:
                { kind: lamp, power: 60W, at: field/1, heartbeat: 2min,
                  band: { power: 5%, voltage: 2V, dim: 2%, on: none } }
              bin-1: { kind: bin, empty: 1m, full: 30cm, at: field/2, heartbeat: { fill: 1h } }
            """);
    assertThat(spec(config, "lamp-1", "power").band()).isEqualTo(new Band.Share(.05, 0));
    assertThat(spec(config, "lamp-1", "voltage").band()).isEqualTo(new Band.Step(2));
    assertThat(spec(config, "lamp-1", "dim").band()).isEqualTo(new Band.Step(.02));
    assertThat(spec(config, "lamp-1", "on").band()).isEqualTo(new Band.None());
    assertThat(spec(config, "lamp-1", "lit").beat()).isEqualTo(Duration.ofMinutes(2));
    assertThat(spec(config, "bin-1", "fill").beat()).isEqualTo(Duration.ofHours(1));
    assertThat(spec(config, "bin-1", "tilt").beat()).isEqualTo(Duration.ofHours(6));
  }

  @Test
  void letsAGenericAssetNameItsPoints() throws IOException {
    var config =
        read(
            """
            assets:
              p-1:
                kind: generic
                at: field/1
                points:
                  t1..2: { unit: Cel, range: -40..60, band: 0.3, beat: 1min }
                  total: { unit: m3, type: counter }
                  mode: { type: state, words: [ auto, hand ] }
                  open: { type: flag, band: change }
            """);
    assertThat(asset(config, "p-1").points())
        .extracting(Point::name)
        .containsExactly("t1", "t2", "total", "mode", "open");
    assertThat(spec(config, "p-1", "t2"))
        .isEqualTo(
            new PointSpec(
                "t2",
                PointType.NUM,
                Unit.CELSIUS,
                -40,
                60,
                new Band.Step(.3),
                Duration.ofMinutes(1),
                PointSpec.Access.OBSERVED,
                List.of()));
    assertThat(spec(config, "p-1", "total").max()).isEqualTo(Double.MAX_VALUE);
    assertThat(spec(config, "p-1", "total").beat()).isEqualTo(Duration.ofMinutes(15));
    assertThat(spec(config, "p-1", "mode").words()).containsExactly("auto", "hand");
  }

  @Test
  void carriesRulesAsTheyAreWritten() throws IOException {
    var config =
        read(
            """
            defaults: { bin: { rules: { bin-full: { full: 75% } } } }
            assets:
              bin-1..2:
                { kind: bin, empty: 1m, full: 30cm, at: field/1..2, rules: { bin-full: off } }
            """);
    assertThat(config.defaults()).containsOnlyKeys("bin");
    assertThat(Objects.requireNonNull(config.defaults().get("bin")).has("bin-full")).isTrue();
    assertThat(config.overrides()).containsOnlyKeys("bin-1", "bin-2");
    assertThat(Objects.requireNonNull(config.overrides().get("bin-2")).text("bin-full"))
        .hasToString("off");
  }

  @Test
  void readsAPositionInTheSouthWest() throws IOException {
    var config = read("", "site.location=33.9S 18.4W");
    assertThat(config.site().latitude()).isEqualTo(-33.9);
    assertThat(config.site().longitude()).isEqualTo(-18.4);
  }

  private SiteConfig read(String lines, String... settings) throws IOException {
    return Sites.good(folder, lines, List.of(settings));
  }

  private static Asset asset(SiteConfig config, String id) {
    return config.assets().stream().filter(a -> a.id().equals(id)).findFirst().orElseThrow();
  }

  private static PointSpec spec(SiteConfig config, String asset, String point) {
    return Objects.requireNonNull(asset(config, asset).point(point)).spec();
  }
}
