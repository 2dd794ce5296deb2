package org.kerbside.gateway.assets;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reading.Timing;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

class OccupiedTest {

  private final Bench bench =
      new Bench()
          .with("toilet", "wc-1", null)
          .with("stall", "f1", "wc-1")
          .with("stall", "p1", "wc-1", "eyes", "pir");

  @Test
  void shutAndPresenceTogetherAreSomebody() {
    empty();
    bench.says("f1/presence", "moving").passes(10).says("f1/shut", true);
    is("true");
    empty();
    bench.says("f1/shut", true).passes(10).says("f1/presence", "moving");
    is("true");
  }

  @Test
  void presenceBehindAShutDoorIsSomebodyAfterFiveSeconds() {
    empty();
    bench.says("f1/shut", true).passes(10.1).says("f1/presence", "moving").passes(4.9);
    is("false");
    bench.passes(.1);
    is("true");
  }

  @Test
  void aPasserByWhoLooksInIsNobody() {
    empty();
    bench.says("f1/presence", "moving").passes(30).says("f1/presence", "none");
    is("false");
  }

  @Test
  void aStillPersonWhoVanishesIsStillThere() {
    inside();
    bench.says("f1/presence", "none").passes(7200);
    is("true");
  }

  @Test
  void theDoorMustOpenAndNobodyBeSeenForTenSeconds() {
    inside();
    bench.passes(60).says("f1/shut", false).passes(20);
    is("true");
    bench.says("f1/presence", "none").passes(9.9);
    is("true");
    bench.passes(.1);
    is("false");
  }

  @Test
  void whoShutsTheDoorBehindThemHasLeftAllTheSame() {
    inside();
    bench.says("f1/presence", "none").passes(30).says("f1/shut", false).says("f1/shut", true);
    bench.passes(0.1).says("f1/shut", true);
    is("false");
  }

  @Test
  void withoutAReedPresenceDecidesAndIsDoubted() {
    bench.says("f1/presence", "still").passes(4.9);
    is("-");
    bench.passes(.1);
    is("true ?one input");
    bench.says("f1/presence", "none").passes(59.9);
    is("true ?one input");
    bench.passes(.1);
    is("false ?one input");
  }

  @Test
  void aPirAloneFreesNobody() {
    bench.says("p1/presence", "moving").passes(5);
    assertThat(bench.shown("p1/occupied")).isEqualTo("true ?one input");
    bench.says("p1/presence", "none").passes(7200);
    assertThat(bench.shown("p1/occupied")).isEqualTo("true ?one input");
    bench.says("p1/shut", false).passes(10);
    assertThat(bench.shown("p1/occupied")).isEqualTo("false");
  }

  @Test
  void aLostReedLeavesTheRadar() {
    inside();
    bench.fails("f1/shut", Reason.SILENT);
    is("true ?one input");
    bench.says("f1/presence", "none").passes(60);
    is("false ?one input");
    bench.says("f1/shut", false);
    is("false");
  }

  @Test
  void aLostRadarLeavesTheReed() {
    inside();
    bench.turnsStale("f1/presence");
    is("true ?one input");
    bench.says("f1/shut", false).passes(10);
    is("false ?one input");
    bench.says("f1/shut", true).passes(5);
    is("true ?one input");
  }

  @Test
  void nothingKnownIsUnknown() {
    inside();
    bench.fails("f1/presence", Reason.SILENT).fails("f1/shut", Reason.TIME_OUT);
    is("!time-out");
    bench.says("f1/presence", "still").says("f1/shut", true);
    is("true");
  }

  @Test
  void aRadarThatIsNotCalibratedKnowsNothing() {
    empty();
    bench.fails("f1/presence", Reason.NOT_CALIBRATED);
    is("!not calibrated");
  }

  @Test
  void aFlappingReedIsUnknownUntilItIsCalm() {
    empty();
    for (int turn = 0; turn < 20; turn++) {
      bench.passes(1).says("f1/shut", turn % 2 == 0);
    }
    is("false");
    bench.passes(1).says("f1/shut", true);
    is("!flapping");
    bench.passes(1).says("f1/shut", false).passes(600);
    is("false");
  }

  @Test
  void aDoorShutByTheWindIsDoubtedAfterTenMinutes() {
    empty();
    bench.says("f1/shut", true).passes(599.9);
    is("false");
    bench.passes(.1);
    is("false ?one input");
    bench.says("f1/shut", false);
    is("false");
  }

  @Test
  void oneUseIsCountedAfterTwentySeconds() {
    empty();
    bench.says("f1/presence", "moving").says("f1/shut", true).passes(19.9);
    assertThat(bench.number("f1/uses")).isZero();
    bench.passes(.1);
    assertThat(bench.number("f1/uses")).isEqualTo(1);
    bench.fails("f1/presence", Reason.SILENT).fails("f1/shut", Reason.SILENT).passes(60);
    bench.says("f1/shut", true).says("f1/presence", "still").passes(60);
    assertThat(bench.number("f1/uses")).as("the same person").isEqualTo(1);
    empty();
    bench.says("f1/presence", "moving").says("f1/shut", true).passes(10);
    empty();
    assertThat(bench.number("f1/uses")).as("too short").isEqualTo(1);
    assertThat(bench.number("wc-1/visits")).isEqualTo(1);
  }

  @Test
  void twoDevicesWhoseClocksDifferStillAgree() {
    empty();
    bench.says("f1/shut", true);
    var ahead = bench.now().at(bench.now().wall().plusSeconds(30));
    bench.hears(
        Reading.good(bench.point("f1/presence"), new Value.State("moving"), ahead, Timing.SOURCE));
    is("true");
  }

  @Test
  void aRestartFindsWhoWasInside() {
    inside();
    bench.says("f1/presence", "none").restarts().passes(600);
    bench.says("f1/presence", "none");
    is("true");
    bench.says("f1/shut", false).passes(10);
    is("false");
  }

  private void empty() {
    bench.says("f1/shut", false).says("f1/presence", "none").passes(10);
    is("false");
  }

  private void inside() {
    bench.says("f1/shut", true).says("f1/presence", "still");
    is("true");
  }

  private void is(String occupied) {
    assertThat(bench.shown("f1/occupied")).isEqualTo(occupied);
  }
}
