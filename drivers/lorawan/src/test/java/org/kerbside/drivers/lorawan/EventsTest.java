package org.kerbside.drivers.lorawan;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.MessageBus.Age;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Chirpstack;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.RecordingInlet.Answer;
import org.kerbside.drivers.testkit.RecordingInlet.Report;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

class EventsTest {

  private static final String BIN = "24E124713B010001";
  private static final String VALVES = "24E124468B010001";
  private static final String LASER = "A84041FFFF010002";
  private static final String HALF = "01755C 03670101 04824408 050001";

  private final HandClock clock = new HandClock();
  private final HandBus bus = new HandBus();
  private final RecordingInlet inlet = new RecordingInlet();

  @BeforeEach
  void open() {
    var site = Sites.read(Sites.EXAMPLE, new Mistakes());
    var settings = LorawanBus.read(site.buses().getFirst(), new Mistakes());
    new LorawanField(settings, bus, site.devices(), clock, () -> "id").open(inlet);
  }

  @Test
  void anUplinkIsADeliveryWithTheServersTimeAndTheBestRadio() throws Exception {
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 0, 85, HALF));
    var at = Instant.parse("2026-09-21T14:00:00.123456789Z");
    assertThat(inlet.deliveries())
        .singleElement()
        .satisfies(
            delivery -> {
              assertThat(delivery.device()).isEqualTo(BIN);
              assertThat(delivery.key()).isEqualTo(BIN + "#" + Chirpstack.id(BIN, 0));
              assertThat(delivery.samples())
                  .containsExactly(
                      Sample.of("battery", 92, Unit.CHARGE).at(at),
                      Sample.of("temperature", 25.7, Unit.CELSIUS).at(at),
                      Sample.of("distance", 2116, unit("mm")).at(at),
                      Sample.of("tilt", 90, Unit.DEGREE).doubted(Reason.ONE_INPUT).at(at),
                      Sample.of("rssi", -57, Unit.DBM).at(at));
            });
    assertThat(bus.filters).containsExactly("application/+/device/+/event/+");
    assertThat(bus.acknowledged()).isOne();
  }

  /** The third tells no strength, and hides none of the others'. */
  @Test
  void aRadioGatewayThatTellsNothingIsNotTheBest() throws Exception {
    String up = Chirpstack.up(BIN, 1, 85, "FF0F00").replace("}],", "},{\"snr\":1}],");
    bus.comes(Chirpstack.topic(BIN, "up"), up);
    assertThat(inlet.samples())
        .extracting(Sample::quantity, Sample::value)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("rssi", new Value.Num(-57)));
  }

  @Test
  void oneMessageOfTwoChannelsIsKeptWhenBothAssetsAre() throws Exception {
    inlet.answer(Answer.HOLD);
    bus.comes(
        Chirpstack.topic(VALVES, "up"),
        Chirpstack.up(VALVES, 7, 85, "030100 04C805000000 050101 06C806000000"));
    assertThat(inlet.deliveries())
        .extracting(Delivery::device, delivery -> values(delivery.samples()))
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(VALVES + "/1", List.of(0.0, 5.0)),
            org.assertj.core.groups.Tuple.tuple(VALVES + "/2", List.of(1.0, 6.0)));
    var receipts = inlet.deliveries();
    receipts.getFirst().receipt().kept();
    assertThat(bus.acknowledged()).isZero();
    receipts.getLast().receipt().kept();
    assertThat(bus.acknowledged()).isOne();
  }

  @Test
  void ofTwoAssetsOneIsNotKeptThenNobodyIsTold() throws Exception {
    inlet.answer(Answer.HOLD);
    bus.comes(Chirpstack.topic(VALVES, "up"), Chirpstack.up(VALVES, 7, 85, "030100 050101"));
    inlet.deliveries().getFirst().receipt().refused("storage");
    inlet.deliveries().getLast().receipt().kept();
    assertThat(bus.acknowledged()).isZero();
    assertThat(bus.refused()).isOne();
  }

  @Test
  void whatIsKeptAndComesAgainIsDroppedButNotWhatWasRefused() throws Exception {
    inlet.answer(Answer.REFUSE);
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 5, 85, HALF));
    inlet.answer(Answer.KEEP);
    for (int i = 0; i < 3; i++) {
      bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 5, 85, HALF));
    }
    assertThat(inlet.deliveries()).hasSize(2);
    assertThat(bus.refused()).isOne();
    assertThat(bus.acknowledged()).isEqualTo(3);
  }

  @Test
  void aCounterThatBeginsAnewIsNoRepetition() throws Exception {
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 0, 85, HALF));
    bus.comes(
        Chirpstack.topic(BIN, "up"),
        Chirpstack.up(BIN, 0, 85, HALF, "2026-09-21T14:10:00+00:00")); // it lost power
    bus.comes(Chirpstack.topic(BIN, "join"), "{\"deviceInfo\":{}}");
    bus.comes(
        Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 0, 85, HALF, "2026-09-21T14:10:30+00:00"));
    assertThat(inlet.deliveries()).hasSize(3);
    assertThat(inlet.reports()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"8, 0", "9, 0", "10, 0", "11, 1", "1000, 1", "3, 0"})
  void aHoleOfThreeIsTold(int next, int reports) throws Exception {
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 7, 85, HALF));
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, next, 85, HALF));
    assertThat(inlet.deliveries()).hasSize(2);
    assertThat(inlet.reports()).hasSize(reports).allMatch(r -> r.what().equals("uplinks-lost"));
  }

  @Test
  void aStrangerIsToldWithTheRemedyAndHarmsNobody() throws Exception {
    bus.comes(
        Chirpstack.topic("70B3D57ED0000001", "up"), Chirpstack.up("70B3D57ED0000001", 1, 85, HALF));
    bus.comes("application/x/device/none/event/up", "{}");
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 1, 85, HALF));
    assertThat(inlet.reports())
        .extracting(Report::what, Report::device)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("unknown-device", "70b3d57ed0000001"),
            org.assertj.core.groups.Tuple.tuple(
                "unknown-device", "application/x/device/none/event/up"));
    assertThat(inlet.reports().getFirst().problem()).contains("at: BUS/70b3d57ed0000001");
    assertThat(inlet.deliveries()).hasSize(1);
    assertThat(bus.acknowledged()).isEqualTo(3);
  }

  @Test
  void aFloodOfOneDeviceIsCutAndWhatWasKeptForUsIsNot() throws Exception {
    for (int i = 0; i < 200; i++) {
      bus.comes(
          Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, i, 85, HALF, "2026-09-21T14:00:00Z"));
    }
    assertThat(inlet.deliveries()).hasSize(Flood.BURST);
    assertThat(inlet.reports()).hasSize(140).allMatch(report -> report.what().equals("flood"));
    inlet.clear();
    for (int i = 0; i < 200; i++) { // a week of an outage at once, each with its own time
      bus.comes(
          Chirpstack.topic(LASER, "up"),
          Chirpstack.up(
              LASER,
              i,
              2,
              "0D5C00000B1801B1001E01",
              "2026-09-%02dT%02d:%02d:00Z".formatted(1 + i / 48, i / 2 % 24, i % 2 * 30)));
    }
    assertThat(inlet.deliveries()).hasSize(200);
    assertThat(bus.acknowledged()).isEqualTo(400);
  }

  @Test
  void aTimeThatIsNoneSpoilsTheTimeAndNotTheValue() throws Exception {
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 1, 85, "01755C", "yesterday"));
    assertThat(inlet.samples())
        .allMatch(sample -> sample.at() == null)
        .allMatch(s -> s.quality().equals(new Quality.Uncertain(Reason.SOURCE_TIME)));
  }

  @Test
  void whatTheServerAsksOfABatteryCountsOnlyWhereTheDeviceSaysNothingItself() throws Exception {
    String status = "{\"time\":\"2026-09-21T14:00:00Z\",\"deviceInfo\":{},\"margin\":7,%s}";
    bus.comes(Chirpstack.topic(BIN, "status"), status.formatted("\"batteryLevel\":75.5"));
    bus.comes(Chirpstack.topic(LASER, "status"), status.formatted("\"batteryLevel\":75.5"));
    bus.comes(Chirpstack.topic(LASER, "status"), status.formatted("\"externalPowerSource\":true"));
    bus.comes(
        Chirpstack.topic(LASER, "status"), status.formatted("\"batteryLevelUnavailable\":true"));
    assertThat(inlet.samples())
        .containsExactly(
            Sample.of("battery", 75.5, Unit.CHARGE).at(Instant.parse("2026-09-21T14:00:00Z")));
    assertThat(bus.acknowledged()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "UPLINK_F_CNT_RESET, counter-reset",
    "UPLINK_MIC, wrong-key",
    "OTAA, join-refused",
    "UPLINK_CODEC, ",
  })
  void whatTheServerComplainsOfIsTold(String code, String what) throws Exception {
    bus.comes(Chirpstack.topic(BIN, "log"), Chirpstack.log(code, "so it is"));
    assertThat(inlet.reports())
        .isEqualTo(
            what == null
                ? List.of()
                : List.of(new Report(what, BIN.toLowerCase(java.util.Locale.ROOT), "so it is")));
    assertThat(bus.acknowledged()).isOne();
  }

  @Test
  void aRetainedUplinkIsTakenByItsTimeOrNotAtAll() throws Exception {
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 1, 85, HALF), Age.RETAINED);
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 2, 85, HALF, "none"), Age.RETAINED);
    assertThat(inlet.deliveries()).hasSize(1);
    assertThat(bus.acknowledged()).isEqualTo(2);
  }

  @Test
  void whatCannotBeReadStillTellsHowWellItWasHeard() throws Exception {
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 1, 85, "424201"));
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 2, 6, HALF));
    assertThat(inlet.samples()).extracting(Sample::quantity).containsExactly("rssi", "rssi");
    assertThat(inlet.reports()).extracting(Report::what).containsExactly("malformed", "malformed");
  }

  @Test
  void aPartlyReadTelegramTellsWhatWasNotRead() throws Exception {
    bus.comes(Chirpstack.topic(BIN, "up"), Chirpstack.up(BIN, 1, 85, "01755C 424201"));
    assertThat(inlet.deliveries().getFirst().problems())
        .containsExactly("an unknown pair at byte 3, from '42 42 01' on nothing is read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                            | up: no JSON object: got null",
        "[]                                            | up: no JSON object: got START_ARRAY",
        "{\"fPort\":256}                               | up: 'fPort' is '256': expected a whole number up to 255",
        "{\"fCnt\":-1}                                 | up: 'fCnt' is '-1': expected a whole number up to 4294967295",
        "{\"deviceInfo\":{\"devEui\":\"0000000000000000\"}} | up: the event is of device '0000000000000000'",
        "{\"data\":\"AB?=\"}                           | up: 'data' is no base64: Illegal base64 character 3f",
        "{} {}                                         | up: something follows the event",
      })
  void whatIsNoEventIsToldAndNotSentForEver(String body, String problem) throws Exception {
    bus.comes(Chirpstack.topic(BIN, "up"), body);
    assertThat(inlet.reports()).extracting(Report::problem).containsExactly(problem);
    assertThat(bus.acknowledged()).isOne();
  }

  private static List<Double> values(List<Sample> samples) {
    return samples.stream()
        .map(Sample::value)
        .filter(Value.Num.class::isInstance)
        .map(value -> ((Value.Num) value).number())
        .toList();
  }

  private static Unit unit(String symbol) {
    var unit = Unit.of(symbol);
    assertThat(unit).isNotNull();
    return unit == null ? Unit.RATIO : unit;
  }
}
