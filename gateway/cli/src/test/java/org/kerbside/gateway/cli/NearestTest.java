package org.kerbside.gateway.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  @Test
  void aSwapOfNeighboursIsOneSlip() {
    assertThat(Nearest.distance("--fromat", "--format")).isOne();
  }

  @Test
  void countsWhatIsMissingTooMuchOrWrong() {
    assertThat(Nearest.distance("stats", "status")).isOne();
    assertThat(Nearest.distance("checkk", "check")).isOne();
    assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
  }

  @Test
  void takesTheNearerOfTwo() {
    assertThat(Nearest.of("--strit", List.of("--format", "--strict", "--set")))
        .isEqualTo("--strict");
  }

  @Test
  void whatIsFarFromAllIsNotGuessed() {
    assertThat(Nearest.of("frobnicate", List.of("run", "check"))).isNull();
  }
}
