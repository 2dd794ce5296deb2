package org.kerbside.deploy.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

class BeginningTest {

  private static final ZoneId CHENGDU = ZoneId.of("Asia/Shanghai");

  // Already the 26th in Chengdu.
  private static final Instant EVENING = Instant.parse("2026-11-25T18:00:00Z");

  private final Beginning.Reader reader = new Beginning.Reader();

  @Test
  void aTimeIsOneOfTheSitesToday() {
    assertThat(reader.convert("07:40").instant(EVENING, CHENGDU)).isEqualTo("2026-11-25T23:40:00Z");
  }

  @Test
  void aDateAndTimeAreTheSites() {
    assertThat(reader.convert("2026-07-15T02:20").instant(EVENING, CHENGDU))
        .isEqualTo("2026-07-14T18:20:00Z");
  }
}
