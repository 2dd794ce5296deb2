package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.testkit.Campaign;

/** Whole pulses are kept, bounces are none. */
class PulseCountTest {

  private static final double MILLI = 1e6;

  /** Every pulse of a wheel that turns as fast as it may, and of a reed that bounces. */
  @Test
  @Tag("pulses")
  void countsEachPulseOnceHoweverItBounces() {
    var campaign = Campaign.of("pulses", 200);
    var chance = campaign.chance();
    for (int round = 0; round < campaign.n(); round++) {
      double most = 0.5 + chance.nextDouble() * 9;
      long dead = (long) (50 * MILLI);
      var count = new PulseCount(new PulseCount.Treatment(Level.LOW, dead, most));
      count.finds(Level.HIGH, 0);
      double half = 1e9 / most / 2;
      double now = 2e9;
      int pulses = 1 + chance.nextInt(100);
      for (int pulse = 0; pulse < pulses; pulse++) {
        for (var to : new Level[] {Level.LOW, Level.HIGH}) {
          count.hears(to, Math.round(now));
          double bounce = now;
          for (int i = chance.nextInt(6); i > 0; i--) {
            bounce += chance.nextDouble() * 3 * MILLI;
            count.hears(to.other(), Math.round(bounce));
            bounce += chance.nextDouble() * 3 * MILLI;
            count.hears(to, Math.round(bounce));
          }
          now += Math.max(half * (1 + chance.nextDouble()), bounce - now + dead);
        }
      }
      assertThat(count.count()).as("%s, round %d", campaign, round).isEqualTo(pulses);
      assertThat(count.bounced()).as("%s, round %d", campaign, round).isZero();
    }
  }

  /** A process that was held up hears several pulses at once: they were real. */
  @Test
  void countsWhatComesInBunches() {
    var count = new PulseCount(new PulseCount.Treatment(Level.LOW, 0, 225));
    count.finds(Level.HIGH, 0);
    for (int pulse = 1; pulse <= 2250; pulse++) {
      double at = Math.ceil(pulse / 4.0) * 4 / 225 * 1e9; // four at a time
      count.hears(Level.LOW, Math.round(at));
      count.hears(Level.HIGH, Math.round(at));
    }
    assertThat(count.count()).isEqualTo(2250);
  }

  @Test
  void whatIsFasterThanTheMeterCanTurnIsNotCountedAndTold() {
    var count = new PulseCount(new PulseCount.Treatment(Level.LOW, 0, 100));
    count.finds(Level.HIGH, 0);
    for (int pulse = 1; pulse <= 10_000; pulse++) { // ten seconds, ten times too fast
      count.hears(Level.LOW, pulse * 1_000_000L);
      count.hears(Level.HIGH, pulse * 1_000_000L + 500_000);
    }
    assertThat(count.count()).isBetween(1200L, 1208L);
    assertThat(count.count() + count.bounced()).isEqualTo(10_000);
  }

  @Test
  void whereTheLineIsFoundIsNoPulse() {
    var count = new PulseCount(new PulseCount.Treatment(Level.LOW, 0, 100));
    count.finds(Level.LOW, 0);
    count.hears(Level.HIGH, 1_000_000_000);
    assertThat(count.count()).isZero();
    count.hears(Level.LOW, 2_000_000_000);
    assertThat(count.count()).isEqualTo(1);
  }
}
