package org.kerbside.gateway.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandTest {

  @ParameterizedTest
  @CsvSource({
    "100, 101.9, false",
    "100, 102, true",
    "-100, -98, true",
    "0, 0, false", // a feeder that is off by day, asked every ten seconds
    "0, 0.1, true",
    "0.1, 0, true",
  })
  void aShareIsOfTheLastValue(double last, double now, boolean isLeft) {
    assertThat(new Band.Share(.02, 0).isLeft(new Value.Num(last), new Value.Num(now)))
        .isEqualTo(isLeft);
  }

  @ParameterizedTest
  @CsvSource({"0, 0.9, false", "0, 1, true", "100, 102.9, false", "100, 103, true"})
  void aShareIsNeverLessThanItsStep(double last, double now, boolean isLeft) {
    assertThat(new Band.Share(.03, 1).isLeft(new Value.Num(last), new Value.Num(now)))
        .isEqualTo(isLeft);
  }

  @Test
  void whatIsNoNumberEntersWhenItChanges() {
    var moving = new Value.State("moving");
    assertThat(new Band.Step(1).isLeft(moving, new Value.State("moving"))).isFalse();
    assertThat(new Band.Step(1).isLeft(moving, new Value.State("still"))).isTrue();
  }
}
