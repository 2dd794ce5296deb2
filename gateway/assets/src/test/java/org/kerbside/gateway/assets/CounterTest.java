package org.kerbside.gateway.assets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Campaign;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reading.Timing;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

class CounterTest {

  private static final String RATE = ".most"; // W, for energies

  private final Bench bench =
      new Bench()
          .with(
              "lamp",
              "lamp-1",
              null,
              "counters.switches.bits",
              32,
              "counters.switches.most",
              10,
              "counters.energy" + RATE,
              3_600_000, // 1 kWh a second
              "counters.hours.digits",
              6)
          .with("toilet", "wc-1", null)
          .with("stall", "f1", "wc-1")
          .with("stall", "f2", "wc-1");

  @Test
  void theDialIsTheTotalAtFirst() {
    bench.says("lamp-1/switches", 1234).passes(10).says("lamp-1/switches", 1240);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("1240.0");
  }

  @Test
  void aDialGoesRound() {
    bench.says("lamp-1/switches", 4_294_967_290.0).passes(10).says("lamp-1/switches", 10);
    assertThat(bench.number("lamp-1/switches")).isEqualTo(4_294_967_290.0 + 16);
    assertThat(bench.events()).isEmpty();
    bench.says("lamp-1/hours", 999_999).passes(10).says("lamp-1/hours", 9);
    assertThat(bench.number("lamp-1/hours")).isEqualTo(1_000_009);
  }

  @Test
  void whatStandsOnAnotherDevicesDialIsNotTheAssets() {
    bench.says("lamp-1/switches", 5000).passes(10).binds("lamp-1/switches", Bench.START);
    bench.says("lamp-1/switches", 5003).passes(10).says("lamp-1/switches", 5010);
    assertThat(bench.number("lamp-1/switches")).isEqualTo(5007);
    bench.restarts().passes(10).says("lamp-1/switches", 5012);
    assertThat(bench.number("lamp-1/switches")).isEqualTo(5009);
    assertThat(bench.events()).extracting(Event.Health::what).containsExactly("counter-swap");
    assertThat(bench.events().getFirst().detail())
        .containsExactly(
            "another device: the last stood at 5000.0 count, this one at 5003.0 count,"
                + " the total stays 5000.0 count");
  }

  @Test
  void whatTheOldDeviceSaysLateIsNoneOfTheNewOnes() {
    var before = bench.says("lamp-1/switches", 5000).now();
    bench.passes(10).binds("lamp-1/switches", Bench.START);
    var late =
        Reading.good(bench.point("lamp-1/switches"), new Value.Num(4990), before, Timing.SOURCE);
    bench.says("lamp-1/switches", 3).hears(late);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("!jump");
    bench.passes(10).says("lamp-1/switches", 4);
    assertThat(bench.number("lamp-1/switches")).isEqualTo(5001);
  }

  @Test
  void aResetAddsOnlyWhatFitsAndIsTold() {
    bench.says("lamp-1/switches", 5000).passes(10).says("lamp-1/switches", 0);
    assertThat(bench.number("lamp-1/switches")).isEqualTo(5000);
    bench.passes(10).says("lamp-1/switches", 100);
    assertThat(bench.number("lamp-1/switches")).isEqualTo(5100);
    bench.passes(1).says("lamp-1/switches", 50); // more than fits into a second
    assertThat(bench.number("lamp-1/switches")).isEqualTo(5100);
    assertThat(bench.events())
        .extracting(Event.Health::what)
        .containsExactly("counter-reset", "counter-reset");
    assertThat(bench.events().getFirst().detail())
        .containsExactly(
            "the dial fell from 5000.0 count to 0.0 count, the total stays 5000.0 count");
  }

  @Test
  void theRateHasALimitOfItsOwn() {
    bench.says("lamp-1/switches", 0).passes(10).says("lamp-1/switches", 121); // 1.2·10·10 + 1
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("121.0");
    bench.passes(10).says("lamp-1/switches", 121 + 122);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("!jump");
  }

  @Test
  void threeThatAgreeMakeANewBase() {
    bench.says("lamp-1/switches", 100).passes(10).says("lamp-1/switches", 90_000);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("!jump");
    bench.passes(10).says("lamp-1/switches", 90_010);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("!jump");
    bench.passes(10).says("lamp-1/switches", 90_020);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("120.0");
    assertThat(bench.events().getLast().detail())
        .containsExactly(
            "the dial jumped from 100.0 count to 90000.0 count, 89900.0 count left out of the total");
  }

  @Test
  void oneWildNumberChangesNothing() {
    bench.says("lamp-1/switches", 100).passes(10).says("lamp-1/switches", 90_000);
    bench.passes(10).says("lamp-1/switches", 105);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("105.0");
    assertThat(bench.events()).isEmpty();
  }

  @Test
  void aFloatThatFallsByAStepIsNoise() {
    bench.says("lamp-1/energy", 100_000).passes(60);
    bench.says("lamp-1/energy", 99_999.9922); // one step of a float there
    assertThat(bench.shown("lamp-1/energy")).isEqualTo("100000.0");
    bench.passes(60).says("lamp-1/energy", 100_000.5);
    assertThat(bench.shown("lamp-1/energy")).isEqualTo("100000.5");
    assertThat(bench.events()).isEmpty();
    bench.says("lamp-1/energy", 100_000.48);
    assertThat(bench.events()).hasSize(1);
  }

  @Test
  void wholeStepsAddUpToWholeSteps() {
    for (int step = 0; step <= 1000; step++) {
      bench.says("lamp-1/energy", step * .001).passes(60);
      assertThat(bench.number("lamp-1/energy")).isEqualTo(step / 1000.0);
    }
  }

  @Test
  void whileTheProcessWasDownTheDialWentOn() {
    bench.says("lamp-1/switches", 100).passes(10).restarts();
    bench.says("lamp-1/switches", 130);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("130.0");
  }

  @Test
  void aStepOfTheClockMakesNoRoomForAJumpBackwards() {
    bench.clock(ClockQuality.NONE).says("lamp-1/switches", 100).passes(10);
    bench.says("lamp-1/switches", 150);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("150.0");
  }

  @Test
  void anOlderReadingShowsTheTotalOfItsTime() {
    var late = bench.now();
    bench.passes(60);
    bench.hears(
        Reading.good(
            bench.point("lamp-1/switches"), new Value.Num(50), bench.now(), Timing.SOURCE));
    bench.hears(
        Reading.good(bench.point("lamp-1/switches"), new Value.Num(40), late, Timing.SOURCE));
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("40.0");
    bench.hears(
        Reading.good(bench.point("lamp-1/switches"), new Value.Num(60), late, Timing.SOURCE));
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("!jump");
  }

  /** Stale is our word of it: what a device was slow to say is not older than what it said. */
  @Test
  void whatIsSaidLateAfterItWasStaleCounts() {
    bench.hears(
        Reading.good(
            bench.point("lamp-1/switches"), new Value.Num(50), bench.now(), Timing.SOURCE));
    var late = bench.passes(60).now();
    bench.passes(60).turnsStale("lamp-1/switches");
    bench.hears(
        Reading.good(bench.point("lamp-1/switches"), new Value.Num(51), late, Timing.SOURCE));
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("51.0");
  }

  @Test
  void badReadingsPassAsTheyAre() {
    bench.says("lamp-1/switches", 100).fails("lamp-1/switches", Reason.TIME_OUT);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("!time-out");
    bench.passes(1).says("lamp-1/switches", 101);
    assertThat(bench.shown("lamp-1/switches")).isEqualTo("101.0");
  }

  /** Frames told of uses after the last note: they are counted in already. */
  @Test
  void noVisitIsCountedTwiceAfterAKill() {
    bench.says("f1/uses", 3).says("f2/uses", 2);
    var note = bench.note();
    bench.passes(3_600).says("f1/uses", 5).isKilled(note).passes(600).says("f1/uses", 6);
    assertThat(bench.number("wc-1/visits")).isEqualTo(8);
    bench.isKilled(new Note()).passes(600).says("f2/uses", 3);
    assertThat(bench.number("wc-1/visits")).as("before the first note").isEqualTo(9);
  }

  @Test
  void visitsAreTheStallsUsesUntilACounterTellsThem() {
    bench.says("f1/uses", 3);
    assertThat(bench.number("wc-1/visits")).isEqualTo(3);
    bench.says("f1/uses", 4);
    assertThat(bench.number("wc-1/visits")).isEqualTo(4);
    bench.says("wc-1/visits", 100).says("f1/uses", 5);
    assertThat(bench.number("wc-1/visits")).isEqualTo(100);
  }

  /** Whatever a dial does: resets, goes round, jumps, is swapped, restarts, falls silent. */
  @Test
  @Tag("counters")
  void noTotalEverFalls() {
    var campaign = Campaign.of("counters", 20);
    var chance = campaign.chance();
    for (int run = 0; run < campaign.n(); run++) {
      var totals = life(chance);
      assertThat(totals).as(campaign.toString()).isSorted();
    }
  }

  private static List<Double> life(Random chance) {
    var life =
        new Bench().with("lamp", "lamp-1", null, "counters.switches.bits", 8 + chance.nextInt(25));
    double dial = chance.nextInt(1000);
    var totals = new ArrayList<Double>();
    for (int i = 0; i < 300; i++) {
      dial = mutated(dial, chance);
      life.passes(chance.nextInt(100)).says("lamp-1/switches", dial);
      if (chance.nextInt(50) == 0) {
        life.restarts();
      }
      var last = life.last("lamp-1/switches");
      if (last != null && last.value() instanceof Value.Num(var total)) {
        totals.add(total);
      }
    }
    return totals;
  }

  private static double mutated(double dial, Random chance) {
    return switch (chance.nextInt(12)) {
      case 0 -> 0;
      case 1 -> chance.nextInt();
      case 2 -> dial - 1;
      case 3 -> dial * 256;
      case 4 -> dial + chance.nextInt(100_000);
      default -> dial + chance.nextInt(60);
    };
  }

  @Test
  void aDayOfSilenceIsNoJump() {
    bench.says("lamp-1/hours", 100).passes(86_400);
    bench.says("lamp-1/hours", 100 + 86_400);
    assertThat(bench.shown("lamp-1/hours")).isEqualTo("86500.0");
  }
}
