package org.kerbside.gateway.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.Reason;

class LitTest {

  private final Bench bench =
      new Bench()
          .with("feeder", "feeder-1", null)
          .with("lamp", "lamp-1", "feeder-1", "power", 60)
          .with("lamp", "lamp-2", "feeder-1", "power", 100, "curve.100%", 98, "curve.50%", 40);

  @ParameterizedTest
  @CsvSource({"1, 18, true", "1, 17.9, false", ".1, 3, true", ".1, 2.9, false", ".55, 10.4, true"})
  void aLampBurnsFromThreeTenthsOfWhatItShouldDraw(double dim, double watts, String lit) {
    bench.says("lamp-1/dim", dim).says("lamp-1/power", watts);
    assertThat(bench.shown("lamp-1/lit")).isEqualTo(lit);
  }

  @ParameterizedTest
  @CsvSource({"3, false", "3.1, true", "0, false"})
  void whatDrawsMoreThanStandbyBurnsWhateverIsOrdered(double watts, String lit) {
    bench.says("lamp-1/on", false).says("lamp-1/power", watts);
    assertThat(bench.shown("lamp-1/lit")).isEqualTo(lit);
  }

  @ParameterizedTest
  @CsvSource({"1, 60", ".1, 9", ".55, 34.5", ".05, 9", "0, .5"})
  void theCurveIsStraightUntilItIsLearned(double light, double watts) {
    assertThat(draw("lamp-1").expected(light)).isCloseTo(watts, within(1e-9));
  }

  @ParameterizedTest
  @CsvSource({"1, 98", ".5, 40", ".75, 69", ".2, 40", "0, .5"})
  void theLearnedPointsBendIt(double light, double watts) {
    assertThat(draw("lamp-2").expected(light)).isCloseTo(watts, within(1e-9));
    assertThat(draw("lamp-2").offMost()).isEqualTo(5);
    assertThat(draw("lamp-1").offMost()).isEqualTo(3);
  }

  @Test
  void noVerdictForAMinuteAfterSwitching() {
    bench.says("lamp-1/dim", 1).says("lamp-1/power", 58);
    assertThat(bench.shown("lamp-1/lit")).isEqualTo("true");
    bench.passes(300).says("lamp-1/dim", 0).says("lamp-1/power", .6).passes(59.9);
    assertThat(bench.shown("lamp-1/lit")).isEqualTo("true");
    bench.passes(.1);
    assertThat(bench.shown("lamp-1/lit")).as("time alone brings it").isEqualTo("false");
  }

  @Test
  void anOldPowerSaysNothingOfTheNewLight() {
    bench.says("lamp-1/dim", 0).says("lamp-1/power", .6).passes(300);
    bench.says("lamp-1/dim", 1).passes(100);
    assertThat(bench.shown("lamp-1/lit")).isEqualTo("false");
    bench.says("lamp-1/power", .6);
    assertThat(bench.times("lamp-1/lit")).isEqualTo(2);
    assertThat(bench.shown("lamp-1/lit"))
        .as("a failure, now that it was measured")
        .isEqualTo("false");
  }

  @Test
  void theContactorSwitchesItsLampsToo() {
    bench.says("feeder-1/contactor", false).says("lamp-1/dim", 1).says("lamp-1/power", 0);
    bench.passes(300).says("feeder-1/contactor", true).says("lamp-1/power", 20);
    assertThat(bench.shown("lamp-1/lit")).isEqualTo("false");
    bench.passes(60);
    assertThat(bench.shown("lamp-1/lit")).isEqualTo("true");
  }

  @Test
  void noVerdictForTenMinutesAfterTheMainsReturned() {
    bench.says("feeder-1/mains", true).says("lamp-1/dim", 1).says("lamp-1/power", 58);
    bench.says("feeder-1/mains", false).passes(60).says("feeder-1/mains", true);
    bench.says("lamp-1/power", .6).passes(599.9);
    assertThat(bench.shown("lamp-1/lit")).isEqualTo("!warming up");
    bench.passes(.1);
    assertThat(bench.shown("lamp-1/lit")).isEqualTo("false");
  }

  @Test
  void noReadingIsNeitherLitNorDark() {
    bench.says("lamp-1/power", 58).fails("lamp-1/power", Reason.SILENT);
    assertThat(bench.shown("lamp-1/lit")).isEqualTo("!silent");
    bench.turnsStale("lamp-1/power");
    assertThat(bench.shown("lamp-1/lit")).isEqualTo("!stale");
  }

  private Draw draw(String lamp) {
    var asset = bench.asset(lamp);
    var draw = Draw.of(asset);
    if (draw == null) {
      throw new AssertionError(lamp);
    }
    return draw;
  }
}
