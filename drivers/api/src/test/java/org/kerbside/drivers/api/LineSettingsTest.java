package org.kerbside.drivers.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineSettingsTest {

  @ParameterizedTest
  @ValueSource(strings = {"300 8N1", "9600 8E1", "19200 8O2", "256000 8N1", "1000000 8N2"})
  void whatIsWrittenIsWhatIsRead(String written) {
    assertThat(LineSettings.of(written)).hasToString(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "9600", "9600 7E1", "9600 8N3", "299 8N1", "1000001 8N1", "9600  8N1"})
  void whatIsNoneIsRefused(String written) {
    assertThat(LineSettings.of(written)).isNull();
  }

  @Test
  void aCharacterTakesItsBits() {
    assertThat(LineSettings.of(1000).time(1)).isEqualTo(Duration.ofMillis(10));
    assertThat(new LineSettings(1000, LineSettings.Parity.EVEN, 2).time(2))
        .isEqualTo(Duration.ofMillis(24));
  }
}
