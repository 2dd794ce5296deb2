package org.kerbside.drivers.picks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

class JsonReaderTest {

  private static final JsonLayout FLAT =
      new JsonLayout(List.of(Pick.of(Pointer.of("v"))), Pointer.of("t"), Dating.MILLISECONDS);
  private static final JsonLayout DEEP =
      new JsonLayout(
          List.of(Pick.of(Pointer.of("d", "v"))), Pointer.of("d", "m", "t"), Dating.SECONDS);

  @Test
  void membersThatTheProfileDoesNotNameAreNothingToUs() throws BadTelegram {
    assertThat(
            read(
                FLAT,
                Assets.num("p", Unit.RATIO),
                "{'x':{'v':9,'t':1},'l':[{'v':8}],'v':23.4,'t':1790000000123,'n':17}"))
        .isEqualTo(
            new Sample(
                "p",
                new Value.Num(23.4),
                null,
                Quality.GOOD,
                Instant.parse("2026-09-21T14:13:20.123Z")));
  }

  @Test
  void followsAPointerThroughObjects() throws BadTelegram {
    var sample =
        read(
            DEEP,
            Assets.num("p", Unit.RATIO),
            "{'v':1,'d':{'m':{'t':1790000000.5,'v':2},'d':{'v':3},'v':4},'t':7}");
    assertThat(sample.value()).isEqualTo(new Value.Num(4));
    assertThat(sample.at()).isEqualTo("2026-09-21T14:13:20.500Z");
  }

  @Test
  void takesFlagsAndWords() throws BadTelegram {
    assertThat(read(FLAT, Assets.flag("p"), "{'v':true}").value()).isEqualTo(Value.Flag.TRUE);
    assertThat(read(FLAT, Assets.state("p", "on"), "{'v':'on'}").value())
        .isEqualTo(new Value.State("on"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"'x'", "null", "-5", "1e300", "99999999999999999999999", "{}"})
  void aTimeThatIsNoneSpoilsTheTimeOnly(String time) throws BadTelegram {
    var sample = read(FLAT, Assets.num("p", Unit.RATIO), "{'v':1,'t':%s}".formatted(time));
    assertThat(sample.value()).isEqualTo(new Value.Num(1));
    assertThat(sample.at()).isNull();
    assertThat(sample.quality()).isEqualTo(new Quality.Uncertain(Reason.SOURCE_TIME));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'t':1}            | no value at '/v'",
        "{'v':'1'}          | '/v' is '1': expected a finite number",
        "{'v':null}         | '/v' is 'null': expected a finite number",
        "{'v':1e999}        | '/v' is '1e999': expected a finite number",
        "{'v':{'v':1}}      | '/v' is '{': expected a finite number",
        "{'v':[1]}          | '/v' is '[': expected a finite number",
        "[1]                | no JSON object: got START_ARRAY",
        "1                  | no JSON object: got VALUE_NUMBER_INT",
        "{'v':1} {'v':2}    | something follows the JSON object",
        "{'v':1             | not JSON at byte 6: Unexpected end",
        "{'v':NaN}          | not JSON at byte 8: Non-standard token 'NaN'",
      })
  void refusesWhatIsNoValueAndSaysWhy(String payload, String problem) {
    assertThatThrownBy(() -> read(FLAT, Assets.num("p", Unit.RATIO), payload))
        .isInstanceOf(BadTelegram.class)
        .hasMessageStartingWith(problem);
  }

  @Test
  void anEmptyPayloadIsABadTelegram() {
    assertThatThrownBy(() -> read(FLAT, Assets.num("p", Unit.RATIO), ""))
        .isInstanceOf(BadTelegram.class);
  }

  private static Sample read(JsonLayout layout, PointSpec spec, String payload) throws BadTelegram {
    var points = Assets.asset("a", spec).points();
    byte[] body = payload.replace('\'', '"').getBytes(UTF_8);
    return JsonReader.read(body, new JsonReader.Aim(layout, PointerTree.of(layout), points))
        .samples()
        .getFirst();
  }
}
