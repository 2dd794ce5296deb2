package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Device;
import org.kerbside.config.Mistake;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.testkit.Assets;

class MqttBusTest {

  private final Mistakes mistakes = new Mistakes();

  @Test
  void readsABrokerOfTheFieldsOwnNetwork() {
    var written =
        "{ driver: mqtt, url: mqtt://127.0.0.1:1884, user: u, password: p, accept: [plaintext] }";
    assertThat(MqttBus.read(Written.bus(written, mistakes), mistakes))
        .isEqualTo(new MqttBus("field", "127.0.0.1", 1884, "u", "p"))
        .asString()
        .isEqualTo("MqttBus[field at mqtt 127.0.0.1:1884]");
    assertThat(mistakes.all()).isEmpty();
  }

  @Test
  void anAnonymousSessionIsAcceptedInSoManyWords() {
    var written = "{ driver: mqtt, url: mqtt://field, accept: [plaintext, anonymous] }";
    assertThat(MqttBus.read(Written.bus(written, mistakes), mistakes))
        .isEqualTo(new MqttBus("field", "field", 1883, null, null));
    assertThat(mistakes.all()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "url: mqtt://h, user: u                                   | E501",
        "url: mqtt://h, accept: [plaintext]                       | E501",
        "url: mqtt://h, accept: plaintext                         | E501",
        "url: mqtt://h, accept: [plaintext, anonymus], user: u    | E104",
        "accept: [plaintext, anonymous]                           | E001",
        "url: http://h, accept: [plaintext, anonymous]            | E104",
        "url: mqtt://u:p@h, accept: [plaintext, anonymous]        | E104",
        "url: mqtt, accept: [plaintext, anonymous]                | E104",
        "url: mqtt://h, accept: [plaintext, anonymous], qos: 2    | E003",
      })
  void tellsWhatIsWrong(String own, String code) {
    MqttBus.read(Written.bus("{ driver: mqtt, %s }".formatted(own), mistakes), mistakes);
    assertThat(mistakes.all()).extracting(Mistake::code).containsExactly(code);
  }

  @Test
  void tellsOfABadProfileOnceHoweverManyDevicesHaveIt() {
    var profile = Written.profile("{ profile: p, driver: mqtt, format: xml }", mistakes);
    var asset = Assets.asset("a", Assets.flag("p"));
    var device = new Device("field", "a", Written.word("field/a"), asset, profile);
    new MqttBus("field", "h", 1883, null, null).check(List.of(device, device), mistakes);
    assertThat(mistakes.all()).extracting(Mistake::code).containsOnly("E001", "E104");
  }
}
