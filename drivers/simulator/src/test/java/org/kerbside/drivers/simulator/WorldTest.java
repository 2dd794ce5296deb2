package org.kerbside.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.kerbside.drivers.simulator.Quarter.device;
import static org.kerbside.drivers.simulator.Quarter.irrigation;
import static org.kerbside.drivers.simulator.Quarter.lighting;
import static org.kerbside.drivers.simulator.Quarter.whole;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.simulator.Quarter.Told;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Value;

class WorldTest {

  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration COARSE = Duration.ofSeconds(10);

  @Test
  void saysTheSameBytesForTheSameDay() {
    var once = new Quarter(7, "2026-06-15T00:00", whole()).pass(DAY, COARSE);
    var again = new Quarter(7, "2026-06-15T00:00", whole()).pass(DAY, COARSE);
    assertThat(bytes(again.told())).isEqualTo(bytes(once.told()));
    assertThat(once.told()).hasSizeGreaterThan(10_000);
  }

  @Test
  void saysOtherThingsForAnotherSeed() {
    var once = new Quarter(7, "2026-06-15T08:00", whole()).pass(Duration.ofHours(1));
    var other = new Quarter(8, "2026-06-15T08:00", whole()).pass(Duration.ofHours(1));
    assertThat(bytes(other.told())).isNotEqualTo(bytes(once.told()));
  }

  @Test
  void keepsEveryoneElseAsTheyWereWhenAnAssetIsAdded() {
    var more = new ArrayList<>(whole());
    more.addFirst(device("bin", "bin-3", null));
    more.add(device("lamp", "lamp-9", null));
    var before = new Quarter(7, "2026-06-15T00:00", whole()).pass(DAY, COARSE);
    var after = new Quarter(7, "2026-06-15T00:00", more).pass(DAY, COARSE);
    var others =
        after.told().stream()
            .filter(t -> !t.device().equals("bin-3") && !t.device().equals("lamp-9"))
            .toList();
    assertThat(bytes(others)).isEqualTo(bytes(before.told()));
  }

  @Test
  void saysEverythingAtOnceInTheFirstStep() {
    var quarter = new Quarter(7, "2026-06-15T08:00", whole()).pass(Duration.ofSeconds(1));
    assertThat(quarter.told()).extracting(Told::device).contains("stall-1", "bin-2", "lamp-8");
    assertThat(quarter.told().stream().map(Told::device).distinct()).hasSize(whole().size());
  }

  @Test
  void bringsMostPeopleAtTheThreePeaks() {
    var stalls = new ArrayList<>(whole().subList(1, 7));
    var week = new Quarter(7, "2026-06-15T00:00", stalls).pass(DAY.multipliedBy(7), COARSE);
    var hours = new long[24];
    for (var word : week.told()) {
      if (word.sample().value() instanceof Value.Flag(var shut) && shut) {
        hours[week.hour(word)]++;
      }
    }
    assertThat(hours[8]).isGreaterThan(3 * hours[15]);
    assertThat(hours[12]).isGreaterThan(3 * hours[15]);
    assertThat(hours[18]).isGreaterThan(3 * hours[15]);
    assertThat(hours[2]).isLessThan(hours[15]);
  }

  @Test
  void fillsABinByDayAndEmptiesItInTheMorning() {
    var bins = new ArrayList<>(List.of(device("bin", "bin-1", null)));
    var days = new Quarter(7, "2026-06-15T12:00", bins).pass(DAY.multipliedBy(14), COARSE);
    double noons = mean(days, 12);
    double nights = mean(days, 23);
    double mornings = mean(days, 7);
    assertThat(mornings).isGreaterThan(noons + 0.05);
    assertThat(noons).isGreaterThan(nights + 0.15);
    assertThat(mornings).isGreaterThan(nights + 0.35);
  }

  @Test
  void losesSomeEchoesOfABin() {
    var days = new Quarter(7, "2026-06-15T12:00", List.of(device("bin", "bin-1", null)));
    var said = days.pass(DAY.multipliedBy(30), COARSE).of("bin-1", "distance");
    long bad = said.stream().filter(t -> t.sample().quality() instanceof Quality.Bad).count();
    assertThat((double) bad / said.size()).isBetween(0.004, 0.02);
    assertThat(said.size()).isBetween(30 * 24 * 6, 30 * 24 * 14);
  }

  @Test
  void seesTheSunRiseAndSet() {
    var day = new Quarter(7, "2026-06-15T00:00", lighting()).pass(DAY, COARSE);
    for (var word : day.of("feeder-1", "lux")) {
      int hour = day.hour(word);
      if (hour >= 10 && hour <= 15) {
        assertThat(word.number()).isGreaterThan(5000);
      } else if (hour <= 3 || hour >= 22) {
        assertThat(word.number()).isLessThan(1);
      }
    }
  }

  @Test
  void lightsALampAsOrderedAndSaysSoAtOnce() {
    var street = new Quarter(7, "2026-06-15T20:00", lighting()).pass(Duration.ofSeconds(1));
    assertThat(street.last("lamp-1", "power").number()).isCloseTo(60, within(3.0));

    street.move("lamp-1", "dim", 0.5).pass(Duration.ofSeconds(1));
    assertThat(street.last("lamp-1", "dim").number()).isEqualTo(0.5);
    assertThat(street.last("lamp-1", "power").number()).isCloseTo(31.7, within(2.0));

    street.move("lamp-1", "dim", 0).pass(Duration.ofSeconds(1));
    assertThat(street.last("lamp-1", "power").number()).isBetween(0.2, 1.1);

    street
        .move("lamp-1", "dim", 0.5)
        .move("lamp-1", "on", Value.Flag.FALSE)
        .pass(Duration.ofSeconds(1));
    assertThat(street.last("lamp-1", "on").sample().value()).isEqualTo(Value.Flag.FALSE);
    assertThat(street.last("lamp-1", "power").number()).isBetween(0.2, 1.1);
  }

  @Test
  void darkensAllLampsOfAnOpenedFeeder() {
    var street = new Quarter(7, "2026-06-15T20:00", lighting()).pass(Duration.ofMinutes(2));
    assertThat(street.last("feeder-1", "power").number()).isCloseTo(480, within(25.0));

    street.move("feeder-1", "contactor", Value.Flag.FALSE).pass(Duration.ofSeconds(2));
    assertThat(street.last("lamp-8", "power").number()).isZero();
    assertThat(street.last("lamp-8", "voltage").number()).isZero();
    assertThat(street.last("feeder-1", "contactor").sample().value()).isEqualTo(Value.Flag.FALSE);
    assertThat(street.last("feeder-1", "power").number()).isZero();
  }

  @Test
  void letsWaterFlowOnlyThroughOpenValves() {
    var lawn = new Quarter(7, "2026-06-15T21:00", irrigation()).pass(Duration.ofMinutes(10));
    assertThat(lawn.of("master-1", "flow")).allMatch(t -> t.number() == 0);

    lawn.move("zone-1", "valve", 1).pass(Duration.ofMinutes(1));
    assertThat(lawn.last("zone-1", "valve").number()).isEqualTo(1);
    assertThat(lawn.last("zone-1", "flow").number()).isZero();

    lawn.move("master-1", "valve", 1).pass(Duration.ofMinutes(1));
    double flow = lawn.last("zone-1", "flow").number();
    assertThat(flow).isBetween(3e-4, 6e-4);
    assertThat(lawn.last("master-1", "flow").number()).isCloseTo(flow, within(0.05 * flow));
    assertThat(lawn.last("zone-2", "flow").number()).isZero();
    assertThat(lawn.last("master-1", "pressure").number()).isLessThan(420_000);

    lawn.move("master-1", "valve", 0).pass(Duration.ofSeconds(40));
    assertThat(lawn.last("zone-1", "flow").number()).isZero();
    assertThat(lawn.last("master-1", "flow").number()).isZero();
  }

  @Test
  void tellsOfTheEndOfTheFlowThoughTheMasterStaysOpen() {
    var lawn = new Quarter(7, "2026-06-15T21:00", irrigation()).pass(Duration.ofSeconds(1));
    lawn.move("master-1", "valve", 1).move("zone-1", "valve", 1).pass(Duration.ofMinutes(1));
    lawn.move("zone-1", "valve", 0).pass(Duration.ofSeconds(30));
    assertThat(lawn.last("master-1", "flow").number()).isZero();
    assertThat(lawn.last("master-1", "valve").number()).isEqualTo(1);
  }

  @Test
  void wetsTheSoilByWaterAndDriesItBySun() {
    var lawn = new Quarter(7, "2026-06-15T05:00", irrigation()).pass(Duration.ofHours(12), COARSE);
    double morning = lawn.of("zone-1", "moisture").getFirst().number();
    double evening = lawn.last("zone-1", "moisture").number();
    assertThat(evening).isLessThan(morning - 0.02);

    lawn.move("master-1", "valve", 1).move("zone-1", "valve", 1).pass(Duration.ofMinutes(40));
    assertThat(lawn.last("zone-1", "moisture").number()).isGreaterThan(evening + 0.03);
  }

  @Test
  void neverLetsACounterFall() {
    var day = new Quarter(7, "2026-06-15T00:00", whole());
    day.move("master-1", "valve", 1).move("zone-1", "valve", 1).pass(DAY, COARSE);
    assertRises(day.of("master-1", "volume"));
    assertRises(day.of("lamp-1", "energy"));
    assertRises(day.of("feeder-1", "energy"));
    assertRises(day.of("wc-1", "visits"));
  }

  private static void assertRises(List<Told> told) {
    assertThat(told.getLast().number()).isGreaterThan(told.getFirst().number());
    assertThat(told).isSortedAccordingTo((a, b) -> Double.compare(a.number(), b.number()));
  }

  private static double mean(Quarter days, int hour) {
    return days.of("bin-1", "distance").stream()
        .filter(t -> days.hour(t) == hour && !Double.isNaN(t.number()))
        .mapToDouble(Told::number)
        .average()
        .orElseThrow();
  }

  private static byte[] bytes(List<Told> told) {
    var text = new StringBuilder();
    for (var word : told) {
      text.append(word).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
