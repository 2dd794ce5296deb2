package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.mqtt.MqttProfile.Source;

class MqttProfileTest {

  private final Mistakes mistakes = new Mistakes();

  @Test
  void readsPointersAndTimes() {
    var written =
        "{ profile: p, driver: mqtt, topic: 'field/{address}/{point}', value: /d/v, time: /t~1s,"
            + " time-unit: ms }";
    assertThat(MqttProfile.read(Written.profile(written, mistakes), mistakes))
        .isEqualTo(
            new MqttProfile(
                "p",
                List.of(
                    new Source(
                        new Template("field/{address}/{point}"),
                        new Layout.Json(
                            List.of(Pick.of(Pointer.of("d", "v"))),
                            Pointer.of("t/s"),
                            Dating.MILLISECONDS))),
                null));
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void subscribesWithOneWildcardALevel() {
    assertThat(new Template("a/{address}/{point}").filter("x")).isEqualTo("a/+/+");
    assertThat(new Template("a/{address}/{point}").filter("hall/x")).isEqualTo("a/+/+/+");
    assertThat(new Template("a/dev-{address}/on").filter("x")).isEqualTo("a/+/on");
    assertThat(new Template("/s/{address}").filter("x")).isEqualTo("/s/+");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topic: 'f/{address}/{point}'                                    | E001",
        "value: /v                                                       | E001",
        "topic: 'f/{address}', value: /v                                 | E104",
        "topic: 'f/+/{address}/{point}', value: /v                       | E104",
        "topic: 'f/{address}/{point}', format: senml                     | E104",
        "topic: 'f/{address}/{point}', value: v                          | E104",
        "topic: 'f/{address}/{point}', value: /v, time: /t               | E001",
        "topic: 'f/{address}/{point}', value: /v, time-unit: min         | E104",
        "topic: 'f/{address}/{point}', value: /v, tiem: /t               | E003",
        "topic: 'f/{address}/{point}', value: /v, format: xml            | E104",
      })
  void tellsWhatIsWrong(String own, String code) {
    var written = "{ profile: p, driver: mqtt, %s }".formatted(own);
    MqttProfile.read(Written.profile(written, mistakes), mistakes);
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly(code);
  }
}
