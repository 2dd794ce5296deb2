package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurveTest {

  private static final Curve LAMP = new Curve(new TreeMap<>(Map.of(0.0, 0.0, 0.1, 0.2, 1.0, 0.9)));

  @ParameterizedTest
  @CsvSource({"0, 0", "0.05, 0.1", "0.1, 0.2", "0.55, 0.55", "1, 0.9"})
  void goesStraightFromPointToPoint(double light, double given) {
    assertThat(LAMP.at(light)).isEqualTo(given, within(1e-12));
  }

  @Test
  void neverGivesLessForMore() {
    double before = 0;
    for (int percent = 0; percent <= 100; percent++) {
      assertThat(LAMP.at(percent / 100.0)).isBetween(before, 0.9);
      before = LAMP.at(percent / 100.0);
    }
  }
}
