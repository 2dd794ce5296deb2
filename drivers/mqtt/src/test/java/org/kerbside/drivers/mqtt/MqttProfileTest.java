package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.mqtt.MqttProfile.Source;
import org.kerbside.drivers.picks.Dating;
import org.kerbside.drivers.picks.JsonLayout;
import org.kerbside.drivers.picks.Pick;
import org.kerbside.drivers.picks.Pointer;
import org.kerbside.gateway.model.Unit;

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
                            new JsonLayout(
                                List.of(Pick.of(Pointer.of("d", "v"))),
                                Pointer.of("t/s"),
                                Dating.MILLISECONDS)))),
                null,
                Map.of()));
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void subscribesWithOneWildcardALevel() {
    assertThat(new Template("a/{address}/{point}").filter("x")).isEqualTo("a/+/+");
    assertThat(new Template("a/{address}/{point}").filter("hall/x")).isEqualTo("a/+/+/+");
    assertThat(new Template("a/dev-{address}/on").filter("x")).isEqualTo("a/+/on");
    assertThat(new Template("/s/{address}").filter("x")).isEqualTo("/s/+");
  }

  @Test
  void pointsThatShareATopicShareItsMessages() {
    var written =
        "{ profile: p, driver: mqtt, topic: 'd/{address}', points: { a: { value: /a }, b: { value: /b,"
            + " scale: 0.1, unit: V }, c: { topic: 'c/{address}', format: plain, words: { ON: true } } },"
            + " presence: { topic: 'w/{address}', here: up, gone: down } }";
    var read = MqttProfile.read(Written.profile(written, mistakes), mistakes);
    assertThat(mistakes.all()).isEmpty();
    assertThat(read)
        .isEqualTo(
            new MqttProfile(
                "p",
                List.of(
                    new Source(
                        new Template("c/{address}"),
                        new Layout.Plain(
                            new Pick("c", Pointer.of(), null, 1, Map.of("ON", "true")))),
                    new Source(
                        new Template("d/{address}"),
                        new Layout.Json(
                            new JsonLayout(
                                List.of(
                                    new Pick("a", Pointer.of("a"), null, 1, Map.of()),
                                    new Pick("b", Pointer.of("b"), Unit.VOLT, 0.1, Map.of())),
                                null,
                                Dating.SECONDS)))),
                new Presence(new Template("w/{address}"), "down", "up"),
                Map.of()));
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
        "topic: 'f/{address}', points: { a: { valeu: /v } }              | E003",
        "topic: 'f/{address}', points: { a: { value: v } }               | E104",
        "topic: 'f/{address}', points: { a: { value: /v, unit: volt } }  | E102",
        "topic: 'f/{address}', points: { a: /v }                         | E004",
        "topic: 'f/{address}/{point}', points: { a: { value: /v } }      | E104",
        "points: { a: { value: /v } }                                    | E001",
        "topic: 'f/{address}', points: { a: { format: plain }, b: { format: plain } } | E203",
        "topic: 'f/{address}', points: { a: { format: plain }, b: { value: /v } }     | E203",
        "topic: 'f/{address}', points: { a: { value: /v } }, presence: { topic: 'f/{address}', here: a, gone: b } | E203",
        "topic: 'f/{address}', points: { a: { format: plain } }, presence: { topic: w, here: a, gone: b } | E104",
        "topic: 'f/{address}', points: { a: { value: /v, write: { on: A, off: B } } }             | E001",
        "topic: 'f/{address}', points: { a: { value: /v, write: { topic: 'c/{address}', on: A } } } | E001",
        "topic: 'f/{address}', points: { a: { value: /v, write: { topic: c, on: A, off: B } } }   | E104",
        "topic: 'f/{address}', points: { a: { value: /v, write: { topic: 'c/{address}', payload: v } } } | E104",
        "topic: 'f/{address}', points: { a: { value: /v, write: { topic: 'c/{address}', payload: '{value}', decimals: 7 } } } | E103",
        "topic: 'f/{address}', points: { a: { value: /v, write: { topic: 'c/{address}', on: A, off: B, decimals: 0 } } } | E003",
      })
  void tellsWhatIsWrong(String own, String code) {
    var written = "{ profile: p, driver: mqtt, %s }".formatted(own);
    MqttProfile.read(Written.profile(written, mistakes), mistakes);
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly(code);
  }
}
