package org.kerbside.gateway.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.Reason;

class AroundTest {

  private final Bench bench =
      new Bench()
          .with("toilet", "wc-1", null)
          .with("air", "air-1", "wc-1", "warm-up", 3600)
          .with("air", "air-2", "wc-1", "h2s-step", 13.94)
          .with("air", "air-3", "wc-1", "h2s-step", 1.394)
          .with("zone", "zone-1", null)
          .with("feeder", "feeder-1", null)
          .with("lamp", "lamp-1", "feeder-1", "power", 60)
          .with("lamp", "lamp-2", "feeder-1", "power", 100)
          .with("dust", "dust-1", null)
          .with("weather", "sky", null);

  @ParameterizedTest
  @CsvSource({"NH3, .43, 300", "NH3, 1.43, 1000", "NH3, 4.30, 3000", "H2S, .0072, 10"})
  void aShareOfAirIsAMassAtTwentyFiveDegrees(Gas gas, double ppm, double microgram) {
    assertThat(gas.microgram(ppm)).isCloseTo(microgram, within(.01 * microgram));
    assertThat(Gas.of("pm10")).isNull();
  }

  @Test
  void aCoarseChannelFeedsNoFineLimit() {
    bench.says("air-2/h2s", 13.94).says("air-3/h2s", 13.94).says("air-2/nh3", 300);
    assertThat(bench.shown("air-2/h2s")).isEqualTo("!not calibrated");
    assertThat(bench.shown("air-3/h2s")).isEqualTo("13.94");
    assertThat(bench.shown("air-2/nh3")).isEqualTo("300.0");
  }

  @Test
  void aCellSaysNothingWhileItWarmsUp() {
    bench.says("air-1/nh3", 900).passes(1800).restarts().passes(1799).says("air-1/nh3", 900);
    assertThat(bench.shown("air-1/nh3")).isEqualTo("!warming up");
    bench.passes(1).says("air-1/nh3", 900);
    assertThat(bench.shown("air-1/nh3")).isEqualTo("900.0");
    bench.fails("air-1/nh3", Reason.SENTINEL);
    assertThat(bench.shown("air-1/nh3")).isEqualTo("!sentinel");
  }

  @Test
  void frozenSoilReadsFalselyDry() {
    bench.says("sky/temperature", 1.9).says("zone-1/moisture", .1);
    assertThat(bench.shown("zone-1/moisture")).isEqualTo("0.1 ?frozen soil");
    bench.says("zone-1/soil", 2).says("zone-1/moisture", .1);
    assertThat(bench.shown("zone-1/moisture")).isEqualTo("0.1");
  }

  @Test
  void dustDarkensNoon() {
    bench.says("dust-1/pm10", 1000).says("feeder-1/lux", 4000);
    assertThat(bench.shown("feeder-1/lux")).isEqualTo("4000.0");
    bench.says("dust-1/pm10", 2000).says("feeder-1/lux", 4000);
    assertThat(bench.shown("feeder-1/lux")).isEqualTo("4000.0 ?weather");
    bench.says("dust-1/pm10", 100).says("sky/storm", true).says("sky/lux", 4000);
    assertThat(bench.shown("sky/lux")).isEqualTo("4000.0 ?weather");
  }

  @Test
  void aFeederExpectsTheSumOfItsLamps() {
    bench.says("lamp-1/dim", 1);
    assertThat(bench.shown("feeder-1/expected")).as("one is not known yet").isEqualTo("-");
    bench.says("lamp-2/dim", 1);
    assertThat(bench.number("feeder-1/expected")).isEqualTo(160);
    bench.says("lamp-2/on", false);
    assertThat(bench.number("feeder-1/expected")).isEqualTo(60.5);
    bench.says("feeder-1/contactor", false);
    assertThat(bench.number("feeder-1/expected")).isZero();
  }
}
