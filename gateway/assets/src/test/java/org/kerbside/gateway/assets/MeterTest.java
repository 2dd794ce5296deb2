package org.kerbside.gateway.assets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Reason;

class MeterTest {

  private static final double L = 1e-3; // m3
  private static final double L_MIN = L / 60; // m3/s

  private final Bench bench =
      new Bench()
          .with("zone", "zone-1", null, "meter.pulses", 450_000, "meter.most", 30 * L_MIN)
          .with("master", "master-1", null, "meter.pulses", 100);

  @Test
  void seventyFivePulsesInASecondAreTenLitresAMinute() {
    bench.says("zone-1/pulses", 0).passes(1).says("zone-1/pulses", 75);

    assertThat(bench.number("zone-1/flow")).isCloseTo(1.6667e-4, within(1e-8));
    assertThat(bench.number("zone-1/volume")).isCloseTo(75 / 450.0 * L, within(1e-6));
  }

  @Test
  void fewPulsesAreMeasuredOverTenSeconds() {
    bench.says("zone-1/pulses", 0);
    for (int second = 1; second <= 10; second++) {
      bench.passes(1).says("zone-1/pulses", second / 2);
    }
    assertThat(bench.number("zone-1/flow")).isCloseTo(.5 / 450_000, within(1e-12));
  }

  @Test
  void aFlowDecaysAndIsGoneAfterAMinute() {
    bench.says("zone-1/pulses", 0).passes(1).says("zone-1/pulses", 75);
    bench.passes(20);
    assertThat(bench.number("zone-1/flow")).isBetween(1e-9, 1 / (450_000 * 10.0));
    bench.passes(39);
    assertThat(bench.number("zone-1/flow")).isPositive();
    bench.passes(1);
    assertThat(bench.number("zone-1/flow")).isZero();
    assertThat(bench.derive().wake(bench.memory())).isNull();
  }

  @Test
  void aReedWaitsHalfAnHour() {
    bench.says("master-1/pulses", 0).passes(100).says("master-1/pulses", 10);
    assertThat(bench.number("master-1/flow")).isCloseTo(1e-3, within(1e-9));
    bench.passes(1799);
    assertThat(bench.number("master-1/flow")).isPositive();
    bench.passes(1);
    assertThat(bench.number("master-1/flow")).isZero();
  }

  @Test
  void aMeterThatSpeaksSeldomIsNotTakenForDry() {
    bench.says("master-1/pulses", 0).passes(300).says("master-1/pulses", 100);
    bench.passes(299);
    assertThat(bench.number("master-1/flow")).isCloseTo(1 / 300.0, within(1e-9));
    bench.passes(1).says("master-1/pulses", 200);
    assertThat(bench.number("master-1/flow")).isCloseTo(1 / 300.0, within(1e-9));
  }

  @Test
  void fasterThanTheGreatestFlowIsBounce() {
    bench.says("zone-1/pulses", 0).passes(1).says("zone-1/pulses", 271); // 1.2·225 + 1
    assertThat(bench.number("zone-1/pulses")).isEqualTo(271);
    bench.passes(1).says("zone-1/pulses", 271 + 272);
    assertThat(bench.number("zone-1/pulses")).isEqualTo(271);
    assertThat(bench.events()).extracting(Event.Health::what).containsExactly("bounce");
    bench.passes(1).says("zone-1/pulses", 271 + 272 + 100);
    assertThat(bench.number("zone-1/pulses")).isEqualTo(371);
  }

  @Test
  void aMeterThatCannotBeReadHasNoFlow() {
    bench.says("zone-1/pulses", 0).passes(1).says("zone-1/pulses", 75);
    bench.fails("zone-1/pulses", Reason.TIME_OUT);
    assertThat(bench.shown("zone-1/flow")).isEqualTo("!time-out");
  }
}
