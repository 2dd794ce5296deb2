package org.kerbside.gateway.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.Reason;

class FillTest {

  private final Bench bench =
      new Bench()
          .with("bin", "bin-1", null, "empty", 1.2, "full", .3, "compensated", "true")
          .with("bin", "bin-2", null, "empty", 1.2, "full", .3)
          .with("bin", "bin-3", null, "empty", 1.2, "full", .3, "pings", 9, "compensated", "true")
          .with("weather", "sky", null);

  @ParameterizedTest
  @CsvSource({".42, 0.867", "1.20, 0.0", "1.5, 0.0", ".3, 1.0", ".1, 1.0"})
  void aDistanceBecomesAFill(double metres, String fill) {
    bench.says("bin-1/distance", metres);

    assertThat(bench.shown("bin-1/fill")).isEqualTo(fill);
  }

  @ParameterizedTest
  @CsvSource({"-35, .9013", "0, .9653", "20, 1", "40, 1.0335"})
  void soundIsSlowerInTheCold(double celsius, double ratio) {
    assertThat(Echo.slowness(celsius)).isCloseTo(ratio, within(1e-4));
    bench.says("bin-2/temperature", celsius).says("bin-2/distance", 1.2);
    assertThat(bench.number("bin-2/distance")).isCloseTo(1.2 * ratio, within(1e-3));
  }

  @Test
  void theSkysTemperatureWillDoAndNoneIsDoubted() {
    bench.says("bin-2/distance", 1.2);
    assertThat(bench.shown("bin-2/distance")).isEqualTo("1.2 ?one input");
    bench.says("sky/temperature", -35).says("bin-2/distance", 1.2);
    assertThat(bench.shown("bin-2/distance")).isEqualTo("1.082");
    bench.turnsStale("sky/temperature").says("bin-2/distance", 1.2);
    assertThat(bench.shown("bin-2/distance")).isEqualTo("1.2 ?one input");
  }

  @Test
  void aCalibrationHoldsAtOnceAndEmptiesNoBin() {
    bench.says("bin-1/distance", .35).says("bin-1/distance", .35);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.944");
    bench.calibrates("bin-1", "empty", .4).says("bin-1/distance", .35);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.5");
    bench.calibrates("bin-1", "empty", .36).says("bin-1/distance", .35);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.167");
    assertThat(bench.shown("bin-1/emptied")).isEqualTo("0.0");
  }

  @Test
  void aCalibrationThatIsOlderThanARestartIsKept() {
    bench.says("bin-1/distance", .35).calibrates("bin-1", "empty", .36);
    bench.restarts().says("bin-1/distance", .35);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.167");
    assertThat(bench.shown("bin-1/emptied")).isEqualTo("0.0");
  }

  @Test
  void noEchoIsNotEmpty() {
    bench.says("bin-1/distance", .42).fails("bin-1/distance", Reason.NO_ECHO);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("!no echo");
  }

  @Test
  void ninePingsMakeOneDistance() {
    pings(.42, .42, .41, .43, .42, .42, .40, .44, .42);
    assertThat(bench.shown("bin-3/distance")).isEqualTo("0.42");
    assertThat(bench.times("bin-3/distance")).isEqualTo(1);
    pings(.42, .42, .41, .43, .42, .42, .40, .44, 1.1); // One bag in nine is no spread.
    assertThat(bench.shown("bin-3/distance")).isEqualTo("0.42 ?spread");
    pings(.42, .42, .42, .42, .42, .42, .42, .42, .47);
    assertThat(bench.shown("bin-3/distance")).isEqualTo("0.42");
  }

  @Test
  void fewerThanFivePingsAreNoEcho() {
    for (int bad = 0; bad < 5; bad++) {
      bench.fails("bin-3/distance", Reason.SENTINEL);
    }
    assertThat(bench.shown("bin-3/distance")).isEqualTo("-");
    pings(.42, .42, .42, .42);
    assertThat(bench.shown("bin-3/fill")).isEqualTo("!no echo");
    for (int bad = 0; bad < 4; bad++) {
      bench.fails("bin-3/distance", Reason.BAD_CHECKSUM);
    }
    pings(.42, .42, .42, .42, .42);
    assertThat(bench.shown("bin-3/fill")).isEqualTo("0.867");
  }

  @ParameterizedTest
  @CsvSource({".5, 5", "0, 1", "1, 9", ".1, 1.8", ".9, 8.2"})
  void percentilesLieBetweenTheirNeighbours(double share, double expected) {
    var nine = List.of(1., 2., 3., 4., 5., 6., 7., 8., 9.);
    assertThat(Echo.percentile(nine, share)).isCloseTo(expected, within(1e-9));
  }

  @Test
  void aBlindSensorIsFullOnlyWhereTheBinWasFilling() {
    bench.says("bin-1/distance", .03);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("!blind zone");
    bench.says("bin-1/distance", .67).says("bin-1/distance", .03); // .589
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.589 ?blind zone");
    bench.says("bin-1/distance", .66).says("bin-1/distance", .02); // .600
    assertThat(bench.shown("bin-1/fill")).isEqualTo("1.0 ?blind zone");
  }

  @Test
  void dewIsNotFull() {
    bench.says("bin-1/distance", .42).says("sky/temperature", 25).says("sky/humidity", 95);
    bench.says("bin-1/distance", .03);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.867 ?condensation");
    bench.says("sky/humidity", 60).says("bin-1/distance", .03);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("1.0 ?blind zone");
  }

  @Test
  void theDewPointIsMagnus() {
    assertThat(Sky.dewPoint(25, 60)).isCloseTo(16.7, within(.05));
    assertThat(Sky.dewPoint(10, 100)).isCloseTo(10, within(1e-9));
  }

  @Test
  void aStepOfMoreNeedsTwoThatAgree() {
    bench.says("bin-1/distance", 1.11); // .1
    bench.says("bin-1/distance", .75); // .5, a step of .40 is believed
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.5");
    bench.says("bin-1/distance", 1.2); // a bag was there
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.5 ?rate");
    bench.says("bin-1/distance", .75);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.5");
    bench.says("bin-1/distance", 1.2).says("bin-1/distance", 1.19);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.5 ?rate");
    bench.says("bin-1/distance", 1.2);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.0");
  }

  @Test
  void wildOnesThatDisagreeAreNeverBelieved() {
    bench.says("bin-1/distance", 1.2);
    for (int i = 0; i < 20; i++) {
      bench.says("bin-1/distance", i % 2 == 0 ? .3 : .6);
      assertThat(bench.shown("bin-1/fill")).isEqualTo("0.0 ?rate");
    }
  }

  @Test
  void aDayWithoutVarianceIsStuck() {
    for (int hour = 0; hour < 24; hour++) {
      bench.says("bin-1/distance", .42).passes(3600);
      assertThat(bench.shown("bin-1/fill")).as("hour %d", hour).isEqualTo("0.867");
    }
    bench.says("bin-1/distance", .42);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.867 ?stuck");
    assertThat(bench.shown("bin-1/emptied")).isEqualTo("0.0 ?stuck");
    bench.says("bin-1/distance", .421);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.866");
    assertThat(bench.shown("bin-1/emptied")).isEqualTo("0.0");
  }

  @Test
  void twoReadingsADayAreNotStuck() {
    for (int half = 0; half < 7; half++) {
      bench.says("bin-1/distance", .42).passes(12 * 3600);
    }
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.867");
  }

  @Test
  void anEmptyingIsCountedOnceHoweverFarApart() {
    bench.says("bin-1/distance", .345); // .95
    assertThat(bench.shown("bin-1/emptied")).isEqualTo("0.0");
    bench.passes(3 * 86_400).fails("bin-1/distance", Reason.NO_ECHO);
    for (int i = 0; i < 5; i++) {
      bench.says("bin-1/distance", 1.2);
    }
    assertThat(bench.shown("bin-1/emptied")).isEqualTo("1.0");
  }

  @Test
  void aFallOfHalfTheBinCountsAndALesserDoesNot() {
    bench.says("bin-1/distance", .39); // .900
    thrice(.84); // .400
    assertThat(bench.number("bin-1/emptied")).isEqualTo(1);
    bench.says("bin-1/distance", .6).says("bin-1/distance", .39);
    thrice(.839); // .401
    assertThat(bench.number("bin-1/emptied")).isEqualTo(1);
  }

  @Test
  void aBlindSensorEmptiesNothing() {
    bench.says("bin-1/distance", .5).says("bin-1/distance", .03);
    thrice(.75); // .5: from 1 it would be a fall of half a bin, from .778 it is none
    assertThat(bench.number("bin-1/emptied")).isEqualTo(0);
  }

  @Test
  void aRestartForgetsNothing() {
    bench.says("bin-1/distance", .345).says("bin-1/distance", 1.2).says("bin-1/distance", 1.2);
    bench.restarts().says("bin-1/distance", 1.2);
    assertThat(bench.shown("bin-1/fill")).isEqualTo("0.0");
    assertThat(bench.shown("bin-1/emptied")).isEqualTo("1.0");
  }

  private void pings(double... metres) {
    for (double one : metres) {
      bench.says("bin-3/distance", one);
    }
  }

  private void thrice(double metres) {
    for (int i = 0; i < 3; i++) {
      bench.says("bin-1/distance", metres);
    }
  }
}
