package org.kerbside.drivers.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.drivers.testkit.Assets.asset;
import static org.kerbside.drivers.testkit.Assets.flag;
import static org.kerbside.drivers.testkit.Assets.num;
import static org.kerbside.drivers.testkit.Assets.state;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Delivery.Sending;
import org.kerbside.drivers.api.MessageBus.Age;
import org.kerbside.drivers.api.MessageBus.Message;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.RecordingInlet.Report;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** What becomes of messages, without a broker. */
class ArrivalsTest {

  private static final String WEATHER =
      """
      profile: mast
      driver: mqtt
      topic: "mast-{address}/state"
      time: /when
      time-unit: iso
      points:
        temperature: { value: /outdoor/0/t, unit: Cel, scale: 0.1 }
        wind: { value: /outdoor/1/speed, unit: m/s }
        door: { value: /door, words: { 1: true, 0: false } }
        clock: { value: /clock, words: { ok: sync, lost: none } }
        lux: { topic: "mast-{address}/lux", format: plain, unit: lx }
        lid: { topic: "mast-{address}/lid", format: plain, words: { OPEN: true, CLOSED: false } }
        gone: { value: /nobody/asked, unit: V }
      presence: { topic: "mast-{address}/status", here: online, gone: offline }
      """;

  private final RecordingInlet inlet = new RecordingInlet();
  private final Topics topics = topics();
  private final Arrivals arrivals = new Arrivals(topics, inlet, () -> Instant.EPOCH);

  static Topics topics() {
    var mistakes = new Mistakes();
    var profile = Written.profile(WEATHER, mistakes);
    assertThat(MqttProfile.read(profile, mistakes)).isNotNull();
    assertThat(mistakes.all()).isEmpty();
    var mast =
        asset(
            "mast-1",
            num("temperature", Unit.CELSIUS),
            num("wind", Unit.METRE_PER_SECOND),
            flag("door"),
            state("clock", "sync", "none"),
            num("lux", Unit.LUX),
            flag("lid"));
    return new Topics(List.of(new Device("field", "7", Written.word("field/7"), mast, profile)));
  }

  @Test
  void subscribesOnceToEachKindOfTopic() {
    assertThat(topics.filters()).containsExactlyInAnyOrder("+/lux", "+/lid", "+/state", "+/status");
  }

  @Test
  void oneMessageIsManySamplesOfOneTime() throws Exception {
    comes(
        "mast-7/state",
        "{'when':'2026-09-21T22:13:20.5+08:00','outdoor':[{'t':257,'x':[1]},{'speed':4.5}],'door':1,"
            + "'clock':'lost'}");
    var at = Instant.parse("2026-09-21T14:13:20.5Z");
    assertThat(inlet.samples())
        .containsExactly(
            Sample.of("temperature", 25.7, Unit.CELSIUS).at(at),
            Sample.of("wind", 4.5, Unit.METRE_PER_SECOND).at(at),
            Sample.of("door", true).at(at),
            Sample.of("clock", "none").at(at));
    assertThat(inlet.deliveries().getFirst().problems()).isEmpty();
  }

  @Test
  void aValueThatIsWrongCostsItself() throws Exception {
    comes("mast-7/state", "{'outdoor':[{'t':null},{'speed':2}],'door':7}");
    assertThat(inlet.samples()).containsExactly(Sample.of("wind", 2, Unit.METRE_PER_SECOND));
    assertThat(inlet.deliveries().getFirst().problems())
        .containsExactly(
            "'/outdoor/0/t' is 'null': expected a finite number",
            "'/door' is '7': expected one of 0, 1");
  }

  @Test
  void aMessageWithoutAnyIsNone() throws Exception {
    comes("mast-7/state", "{'inside':20}");
    assertThat(inlet.reports())
        .containsExactly(
            new Report(
                "malformed",
                "7",
                "mast-7/state: no value at '/outdoor/0/t', '/outdoor/1/speed', '/door', '/clock'"));
  }

  @ParameterizedTest
  @CsvSource({"23.5, 23.5", "' 23.5\n', 23.5", "1e3, 1000", "-0.5, -0.5"})
  void aBareNumberIsASample(String payload, double number) throws Exception {
    comes("mast-7/lux", payload);
    assertThat(inlet.samples()).containsExactly(Sample.of("lux", number, Unit.LUX));
  }

  @ParameterizedTest
  @CsvSource({"lux, far", "lux, NaN", "lux, ''", "lux, 1e999", "lid, open", "lid, ''", "lid, true"})
  void aBareWordThatIsNoneIsTold(String leaf, String payload) throws Exception {
    comes("mast-7/" + leaf, payload);
    assertThat(inlet.deliveries()).isEmpty();
    assertThat(inlet.reports()).extracting(Report::what).containsExactly("malformed");
  }

  @Test
  void aBareWordIsWhatTheProfileSays() throws Exception {
    comes("mast-7/lid", "OPEN");
    comes("mast-7/lid", "CLOSED");
    assertThat(inlet.samples())
        .extracting(Sample::value)
        .containsExactly(Value.Flag.TRUE, Value.Flag.FALSE);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"offline, LIVE", "offline, RETAINED", "{'state':'offline'}, LIVE"})
  void theLastWillSilencesWhatTheDeviceSpeaksFor(String payload, Age age) throws Exception {
    comes("mast-7/status", payload, age);
    assertThat(inlet.samples())
        .hasSize(6)
        .allMatch(sample -> sample.quality().equals(new Quality.Bad(Reason.SILENT)));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {"online, 0", "{'state':'online'}, 0", "dead, 1"})
  void oneThatIsHereSaysSoByItsValues(String payload, int reports) throws Exception {
    comes("mast-7/status", payload);
    assertThat(inlet.deliveries()).isEmpty();
    assertThat(inlet.reports()).hasSize(reports);
  }

  @Test
  void whatTheBrokerKeptCountsByItsOwnTimeOrNotAtAll() throws Exception {
    comes("mast-7/state", "{'when':'2026-09-21T22:13:20+08:00','door':0}", Age.RETAINED);
    assertThat(inlet.deliveries()).extracting(Delivery::sending).containsExactly(Sending.AGAIN);
    comes("mast-7/state", "{'door':0}", Age.RETAINED);
    comes("mast-7/state", "{'when':'22:13','door':0}", Age.RETAINED);
    comes("mast-7/lux", "12", Age.RETAINED);
    assertThat(inlet.deliveries()).hasSize(1);
    assertThat(inlet.reports()).extracting(Report::what).containsOnly("retained").hasSize(3);
  }

  private void comes(String topic, String payload) throws Exception {
    comes(topic, payload, Age.LIVE);
  }

  private void comes(String topic, String payload, Age age) throws Exception {
    byte[] body = payload.replace('\'', '"').getBytes(UTF_8);
    arrivals.take(new Message(topic, body, Sending.FIRST, age), Receipt.NONE);
  }
}
