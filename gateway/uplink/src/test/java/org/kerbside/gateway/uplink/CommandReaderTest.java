package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.gateway.model.Value;

class CommandReaderTest {

  private static final String WHOLE =
      """
      {"v":1,"id":"x","op":"set","point":"lamp-5/dim","value":0.6,"by":"dispatch:zhang",\
      "issued":1790000000,"expires":1790000060,"lease":3600}""";

  @Test
  void anotherOrderAndSpacingIsTheSameCommand() throws Exception {
    var same =
        read(
            """
            { "lease": 3600.0, "expires": 1790000060, "issued": 1.79e9, "by": "dispatch:zhang",
              "value": 0.60, "point": "lamp-5/dim", "op": "set" }""");

    assertThat(same.fingerprint()).isEqualTo(read(WHOLE).fingerprint());
    assertThat(same).isEqualTo(read(WHOLE));
  }

  @Test
  void anotherContentHasAnotherFingerprint() throws Exception {
    for (var change :
        new String[][] {
          {"0.6", "0.7"},
          {"0.6", "\"0.6\""},
          {"lamp-5", "lamp-6"},
          {"set", "ack"},
          {"zhang", "li"},
          {"\"by\"", "\"reason\":\"wind\",\"by\""},
          {"60,\"lease", "61,\"lease"},
          {"3600", "60"}
        }) {
      var changed = WHOLE.replace(change[0], change[1]);
      assertThat(changed).isNotEqualTo(WHOLE);
      assertThat(read(changed).fingerprint()).isNotEqualTo(read(WHOLE).fingerprint());
    }
  }

  @Test
  void eachOperationIsAboutWhatBelongsToIt() throws Exception {
    String about = ",\"point\":\"p/p\",\"alarm\":\"a/r\",\"asset\":\"a\",\"reason\":\"wind\"}";
    for (var op : new String[] {"ack", "shelve", "unshelve"}) {
      assertThat(read("{\"op\":\"" + op + "\"" + about).point()).isEqualTo("a/r");
    }
    for (var op : new String[] {"maintenance", "did"}) {
      assertThat(read("{\"op\":\"" + op + "\"" + about).point()).isEqualTo("a");
    }
    assertThat(read("{\"op\":\"set\"" + about).point()).isEqualTo("p/p");
    assertThat(read("{\"op\":\"set\"" + about).reason()).isEqualTo("wind");
  }

  @Test
  void readsWhatIsMissingAsMissing() throws Exception {
    var command = read("{\"op\":\"set\",\"point\":\"valve-1/valve\",\"value\":true}");

    assertThat(command.value()).isEqualTo(Value.Flag.TRUE);
    assertThat(command.expires()).isNull();
    assertThat(command.lease()).isNull();
    assertThat(read("{\"op\":\"set\",\"lease\":0.5}").lease()).isEqualTo(Duration.ofMillis(500));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "{                          | no JSON",
        "[]                         | not a JSON object",
        "{\"op\":\"set\"} x         | no JSON",
        "{\"op\":\"set\"}{}         | something follows",
        "{\"op\":\"a\",\"op\":\"b\"} | no JSON",
        "{\"point\":\"a/b\"}        | op",
        "{\"op\":1}                 | op",
        "{\"op\":\"set\",\"id\":\"y\"} | not the topic",
        "{\"op\":\"set\",\"v\":2}   | expected 1",
        "{\"op\":\"set\",\"value\":[1]} | value",
        "{\"op\":\"set\",\"value\":1e999} | value",
        "{\"op\":\"set\",\"expires\":1e30} | too large",
        "{\"op\":\"set\",\"expires\":\"soon\"} | no number",
        "{\"op\":\"set\",\"lease\":-1} | more than 0",
      })
  void refusesWhatCouldMeanSomethingElse(String text, String why) {
    assertThatExceptionOfType(Malformed.class)
        .isThrownBy(() -> read(text))
        .withMessageContaining(why);
  }

  @Test
  void isTotalOverBrokenBytes() {
    var random = new Random(17);
    for (int i = 0; i < 20_000; i++) {
      var bytes = WHOLE.getBytes(UTF_8);
      for (int j = random.nextInt(4); j >= 0; j--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      try {
        assertThat(CommandReader.read("x", bytes).id()).isEqualTo("x");
      } catch (Malformed refused) {
        assertThat(refused).hasMessageMatching("(?s).+");
      }
    }
  }

  private static org.kerbside.gateway.model.Command read(String text) throws Malformed {
    return CommandReader.read("x", text.getBytes(UTF_8));
  }
}
