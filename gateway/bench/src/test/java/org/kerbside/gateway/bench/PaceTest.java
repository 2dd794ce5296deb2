package org.kerbside.gateway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PaceTest {

  @Test
  void saturationIsNeverFurtherAheadThanWasSaid() {
    var arrived = new AtomicInteger();
    var pace = new Pace.Saturation(10, 4, arrived::get);
    assertThat(pace.take(64)).isEqualTo(4);
    assertThat(pace.take(64)).isZero();
    arrived.set(3);
    assertThat(pace.take(2)).isEqualTo(2);
    arrived.set(6);
    assertThat(pace.take(64)).isEqualTo(4);
    assertThat(pace.isOver()).isTrue();
  }

  @Test
  void aSteadyPaceEndsWithItsTotal() {
    var pace = new Pace.Steady(3, 1_000_000_000);
    int taken = 0;
    while (!pace.isOver()) {
      taken += pace.take(2);
    }
    assertThat(taken).isEqualTo(3);
    assertThat(pace.take(1)).isZero();
  }
}
