package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kerbside.drivers.testkit.Assets.asset;
import static org.kerbside.drivers.testkit.Assets.flag;
import static org.kerbside.drivers.testkit.Assets.num;
import static org.kerbside.drivers.testkit.Assets.state;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.MessageBus;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** What is published for an order. */
class MqttOutputsTest {

  private static final String LAMP =
      "{ profile: lamp, driver: mqtt, topic: 'z/{address}', points: {"
          + " on: { value: /state, words: { ON: true, OFF: false },"
          + "   write: { topic: 'z/{address}/set', on: '{\"state\":\"ON\"}', off: '{\"state\":\"OFF\"}' } },"
          + " dim: { value: /brightness, scale: 0.00393700787,"
          + "   write: { topic: 'z/{address}/set', payload: '{\"brightness\":{value}}', decimals: 0 } },"
          + " level: { value: /level, unit: cm, write: { topic: 'l/{address}', payload: '{value}' } },"
          + " mode: { value: /mode, write: { topic: 'm/{address}', payload: '{value}' } },"
          + " lit: { value: /lit } } }";

  private final HandBroker broker = new HandBroker();
  private final MqttField field = field();

  private MqttField field() {
    var mistakes = new Mistakes();
    var profile = Written.profile(LAMP, mistakes);
    assertThat(MqttProfile.read(profile, mistakes)).isNotNull();
    assertThat(mistakes.all()).isEmpty();
    var asset =
        asset(
            "a",
            flag("on"),
            num("dim", Unit.RATIO),
            num("level", Unit.METRE),
            state("mode", "eco"),
            flag("lit"));
    var device = new Device("field", "hall/7", Written.word("field/hall/7"), asset, profile);
    return new MqttField(broker, List.of(device), () -> Instant.EPOCH);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "on    | true     | z/hall/7/set {\"state\":\"ON\"}",
        "on    | false    | z/hall/7/set {\"state\":\"OFF\"}",
        "on    | 1        | z/hall/7/set {\"state\":\"ON\"}",
        "dim   | 0        | z/hall/7/set {\"brightness\":0}",
        "dim   | 0.6      | z/hall/7/set {\"brightness\":152}",
        "dim   | 1        | z/hall/7/set {\"brightness\":254}",
        "level | 1.2345   | l/hall/7 123.45",
        "level | 12000000 | l/hall/7 1200000000",
        "mode  | eco      | m/hall/7 eco",
      })
  void isPublishedInTheDevicesOwnWords(String point, String value, String published)
      throws Exception {
    field.move("hall/7", point, value(value));
    assertThat(broker.published).containsExactly(published);
  }

  @Test
  void whatIsNoOutputIsRefused() {
    assertThat(field.has("hall/7", "lit")).isFalse();
    assertThat(field.has("hall/8", "on")).isFalse();
    assertThat(field.has("hall/7", "on")).isTrue();
    assertThatThrownBy(() -> field.move("hall/7", "lit", Value.Flag.TRUE))
        .isInstanceOf(Refused.class)
        .hasMessage("hall/7 has no output 'lit'");
    assertThatThrownBy(() -> field.move("hall/7", "on", new Value.Num(0.5)))
        .isInstanceOf(Refused.class);
    assertThat(broker.published).isEmpty();
  }

  private static Value value(String word) {
    return switch (word) {
      case "true", "false" -> Value.Flag.of(word.equals("true"));
      case "eco" -> new Value.State(word);
      default -> new Value.Num(Double.parseDouble(word));
    };
  }

  private static final class HandBroker implements MessageBus {

    private final List<String> published = new ArrayList<>();

    @Override
    public void open(List<String> filters, Listener listener) {}

    @Override
    public void publish(String topic, byte[] payload) {
      published.add(topic + " " + new String(payload, StandardCharsets.UTF_8));
    }

    @Override
    public void close() {}
  }
}
