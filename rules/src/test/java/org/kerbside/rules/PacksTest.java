package org.kerbside.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.model.Value;

class PacksTest {

  private static final Value LIGHT = new Value.Num(1);
  private static final Value DARK = new Value.Num(0);

  @Test
  void theIndexNamesEveryFileThatShips() throws Exception {
    var folder = Path.of("packs");
    try (var files = Files.walk(folder)) {
      var shipped =
          files
              .filter(file -> file.toString().endsWith(".yaml"))
              .filter(file -> !file.toString().contains("testdata"))
              .map(file -> folder.relativize(file).toString())
              .sorted()
              .toList();
      assertThat(Packs.files()).isEqualTo(shipped);
    }
  }

  @Test
  void everyPackStandsInTheFolderOfItsKindUnderItsName() {
    var mistakes = new Mistakes();
    var seen =
        Stream.of("rule", "programme", "kpi")
            .flatMap(
                key ->
                    Packs.sections(key, mistakes).stream()
                        .map(pack -> pack.text("for") + "/" + pack.text(key) + ".yaml"))
            .sorted()
            .toList();
    assertThat(seen).isEqualTo(Packs.files());
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void everyRuleSaysItInBothLanguagesWithMatterAndSource() {
    for (var pack : Packs.sections("rule", new Mistakes())) {
      var text = pack.section("text");
      assertThat(text).isNotNull();
      if (text != null) {
        assertThat(text.has("zh-CN") && text.has("en")).as("%s", pack.text("rule")).isTrue();
      }
      assertThat(pack.has("matter") && pack.has("source")).as("%s", pack.text("rule")).isTrue();
    }
  }

  // bin-overflow

  @Test
  void aBinOverflowsAfterTenMinutesAndClearsWithHysteresis() {
    var day = new Day(bin());
    day.is("bin-2/fill", .94).passes(60).is("bin-2/fill", .96).passes(9);
    assertThat(day.told()).isEmpty();
    day.passes(1);
    assertThat(day.alarm().text())
        .containsEntry("zh-CN", "bin 2 满溢 96%")
        .containsEntry("en", "bin 2 overflowing, 96 %");
    assertThat(day.alarm().labels()).containsEntry("matter", "overflow");
    day.is("bin-2/fill", .91).passes(60).is("bin-2/fill", .05).passes(4).passes(1);
    assertThat(day.told())
        .isEqualTo(
            """
            70min raised bin-2/bin-overflow alarm
            135min cleared bin-2/bin-overflow alarm""");
  }

  @Test
  void aBinThatIsNotHeardNeitherOverflowsNorClears() {
    var day = new Day(bin());
    day.is("bin-2/fill", .96).passes(9).isStale("bin-2/fill").passes(600);
    assertThat(day.told()).isEmpty();
    day.is("bin-2/fill", .96).passes(1);
    day.isStale("bin-2/fill").passes(600);
    assertThat(day.told()).isEqualTo("610min raised bin-2/bin-overflow alarm");
  }

  @Test
  void theChainSaysWhichInputSinceWhenAgainstWhichLimit() {
    var day = new Day(bin());
    day.passes(5).is("bin-2/fill", .97).passes(10);
    assertThat(day.alarm().why())
        .singleElement()
        .satisfies(
            why -> {
              assertThat(why.point()).hasToString("bin-2/fill");
              assertThat(why.value()).isEqualTo(new Value.Num(.97));
              assertThat(why.limit()).isEqualTo(.95);
              assertThat(day.alarm().since().since(why.since())).isEqualTo(Duration.ofMinutes(10));
            });
  }

  private static Street bin() {
    return new Street().with("bin", "bin-2", null).defaults("bin", "{ bin-full: off }");
  }

  // stall-overstay

  @Test
  void anOverstayWarnsAtFifteenMinutesAndIsAnEmergencyAtThirty() {
    var day = new Day(stall());
    day.is("stall-3/occupied").passes(14);
    assertThat(day.told()).isEmpty();
    day.passes(1);
    assertThat(day.alarm().text())
        .containsEntry("en", "stall 3 occupied for 15 min, ask at the door");
    day.passes(25).isNot("stall-3/occupied");
    assertThat(day.told())
        .isEqualTo(
            """
            15min raised stall-3/stall-overstay warning
            30min updated stall-3/stall-overstay emergency
            40min updated stall-3/stall-overstay emergency, latched""");
  }

  @Test
  void aStallWhoseSensorsAreSilentIsNoOverstayAndNoEmergency() {
    var day = new Day(stall());
    day.is("stall-3/occupied").passes(14).isStale("stall-3/occupied").passes(60);
    day.is("stall-3/occupied").passes(1).isStale("stall-3/occupied").passes(60);
    day.is("stall-3/occupied").passes(14);
    assertThat(day.told()).isEqualTo("75min raised stall-3/stall-overstay warning");
  }

  private static Street stall() {
    return new Street().with("toilet", "wc-1", null).with("stall", "stall-3", "wc-1");
  }

  // lamp-out

  @Test
  void aLampThatIsOrderedByDimmingAndDarkIsOut() {
    var day = new Day(new Street().with("lamp", "lamp-5", null));
    day.orders("lamp-5/dim", LIGHT).isNot("lamp-5/lit").is("lamp-5/power", .4).passes(10);
    assertThat(day.alarm().text()).containsEntry("en", "lamp 5 dark, 0.4 W");
    assertThat(day.alarm().why()).extracting(why -> why.point().name()).contains("lit", "dim");
    day.is("lamp-5/lit").passes(1);
    assertThat(day.told())
        .isEqualTo(
            """
            10min raised lamp-5/lamp-out alarm
            11min cleared lamp-5/lamp-out alarm""");
  }

  @Test
  void aLampThatSomebodyOrderedDarkIsNotOut() {
    var day = new Day(new Street().with("lamp", "lamp-5", null));
    day.isNot("lamp-5/lit").passes(60);
    day.orders("lamp-5/dim", DARK).passes(60);
    day.orders("lamp-5/dim", LIGHT).orders("lamp-5/on", Value.Flag.FALSE).passes(60);
    assertThat(day.told()).isEmpty();
    day.orders("lamp-5/on", null).passes(10);
    assertThat(day.told()).isEqualTo("190min raised lamp-5/lamp-out alarm");
  }

  @Test
  void aLampThatIsSwitchedOnIsOutToo() {
    var day = new Day(new Street().with("lamp", "lamp-5", null));
    day.orders("lamp-5/on", Value.Flag.TRUE).isNot("lamp-5/lit").passes(10);
    assertThat(day.told()).isEqualTo("10min raised lamp-5/lamp-out alarm");
  }

  @Test
  void aLampOfWhichNothingIsHeardIsNotOutAndADayDoesNotMendOne() {
    var day = new Day(new Street().with("lamp", "lamp-5", null));
    day.orders("lamp-5/dim", LIGHT).passes(60);
    day.isNot("lamp-5/lit").passes(9).isStale("lamp-5/lit").passes(60);
    assertThat(day.told()).isEmpty();
    day.isNot("lamp-5/lit").passes(1).orders("lamp-5/dim", DARK).passes(600);
    assertThat(day.told()).isEqualTo("130min raised lamp-5/lamp-out alarm");
  }

  // water-burst

  @Test
  void flowWithEveryZoneShutClosesTheMasterUntilPeopleHaveOpenedIt() {
    var day = new Day(water());
    day.is("master/valve", 1).is("zone-1/valve", 0).is("zone-2/valve", 0);
    day.is("master/flow", 0.4 / 60_000).passes(60).is("master/flow", 10.0 / 60_000).passes(4);
    assertThat(day.told()).isEmpty();
    day.passes(1);
    assertThat(day.alarm().text())
        .containsEntry("zh-CN", "master 疑似爆管，流量 10L/min，已关总阀")
        .containsEntry("en", "master may have burst, 10 L/min, master shut");
    assertThat(day.alarm().why().getFirst().limit()).isEqualTo(0.5 / 60_000);
    day.is("master/valve", 0).is("master/flow", 0).passes(600);
    day.is("master/valve", 1).passes(5);
    assertThat(day.told())
        .isEqualTo(
            """
            65min raised master/water-burst emergency
            65min safety orders master/valve Num[number=0.0]
            670min cleared master/water-burst emergency
            670min safety orders master/valve null""");
  }

  @Test
  void wateringIsNoBurstButMoreThanAllZonesCanTakeIs() {
    var day = new Day(water());
    day.is("master/valve", 1).is("zone-1/valve", 1).is("zone-2/valve", 0);
    day.is("master/flow", 59.0 / 60_000).passes(60);
    assertThat(day.told()).isEmpty();
    day.is("master/flow", 61.0 / 60_000).isStale("zone-1/valve").passes(5);
    assertThat(day.told()).startsWith("65min raised master/water-burst emergency");
  }

  @Test
  void aZoneOfWhichNothingIsHeardMayBeOpen() {
    var day = new Day(water());
    day.is("master/valve", 1).is("zone-1/valve", 0).is("master/flow", 10.0 / 60_000).passes(60);
    assertThat(day.told()).isEmpty();
    day.is("zone-2/valve", 0).passes(4).isStale("master/flow").passes(60);
    assertThat(day.told()).isEmpty();
  }

  @Test
  void aMasterWithoutZonesIsWatchedToo() {
    var day = new Day(new Street().with("master", "master", null));
    day.is("master/flow", 10.0 / 60_000).passes(5);
    assertThat(day.told()).startsWith("5min raised master/water-burst emergency");
  }

  private static Street water() {
    return new Street()
        .with("master", "master", null)
        .with("zone", "zone-1", "master")
        .with("zone", "zone-2", "master");
  }

  @Test
  void aWallClockThatJumpsTenYearsRaisesAndClearsNothing() {
    for (var jump : new Duration[] {Duration.ofDays(3650), Duration.ofDays(-3650)}) {
      var day = new Day(bin());
      day.is("bin-2/fill", .96).passes(5).wallJumps(jump).passes(4);
      day.is("bin-2/fill", .97);
      assertThat(day.told()).isEmpty();
      day.passes(1).wallJumps(jump.negated()).passes(60).is("bin-2/fill", .5).passes(4);
      day.wallJumps(jump).passes(1);
      assertThat(day.told())
          .isEqualTo(
              """
              10min raised bin-2/bin-overflow alarm
              75min cleared bin-2/bin-overflow alarm""");
    }
  }
}
