package org.kerbside.drivers.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void doublesToHalfAMinuteAndStartsAgain() {
    var backoff = new Backoff(() -> 1);
    assertThat(Stream.generate(backoff::next).limit(7).map(Duration::toSeconds))
        .isEqualTo(List.of(1L, 2L, 4L, 8L, 16L, 30L, 30L));
    backoff.reset();
    assertThat(backoff.next()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void isHalvedAtMostByChance() {
    assertThat(new Backoff(() -> 0).next()).isEqualTo(Duration.ofMillis(500));
  }
}
