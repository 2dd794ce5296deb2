package org.kerbside.drivers.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.kerbside.drivers.testkit.Assets.asset;
import static org.kerbside.drivers.testkit.Assets.num;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Delivery.Sending;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.Mosquitto;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.Peer;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.RecordingInlet.Answer;
import org.kerbside.drivers.testkit.RecordingInlet.Report;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

@NeedsPeer({"mosquitto", "mosquitto_pub", "mosquitto_sub"})
class MqttFieldTest {

  private static final Instant NOW = Instant.parse("2026-09-21T14:13:20Z");
  private static final String CLIENT = "kerbside-BENCH-1-field";
  private static final String JSON_VT =
      "{ profile: json-vt, driver: mqtt, topic: 'field/{address}/{point}', value: /v, time: /t,"
          + " time-unit: ms }";

  private static final String WILLED =
      "{ profile: willed, driver: mqtt, topic: 'w/{address}', points: { p0: { value: /v } },"
          + " presence: { topic: 'w/{address}/status', here: online, gone: offline } }";

  @TempDir Path folder;

  private final RecordingInlet inlet = new RecordingInlet();
  private final Mosquitto broker =
      Mosquitto.start(Mosquitto.Memory.PERSISTS, List.of("log_type subscribe", "log_type notice"));
  private MqttField field = field();

  MqttFieldTest() throws Exception {}

  @BeforeEach
  void open() throws Exception {
    field = field();
    field.open(inlet);
    Await.until("a subscription", () -> subscriptions() == 1);
  }

  @AfterEach
  void close() {
    field.close();
    broker.close();
  }

  /** As mosquitto's log tells. */
  private long subscriptions() {
    return broker.log().lines().filter(line -> line.endsWith(CLIENT + " 1 s/+")).count();
  }

  @Test
  void aJsonMessageIsAReadingWithItsOwnTime() throws Exception {
    broker.publish("field/a1/p0", "{\"v\":23.4,\"t\":1790000000000,\"n\":17}", 1);
    awaitDeliveries(1);
    assertThat(inlet.deliveries())
        .extracting(Delivery::device, Delivery::sending)
        .containsExactly(org.assertj.core.groups.Tuple.tuple("a1", Sending.FIRST));
    assertThat(inlet.samples())
        .containsExactly(new Sample("p0", new Value.Num(23.4), null, Quality.GOOD, NOW));
  }

  @Test
  void aSenmlPackIsTakenInJsonAndInCbor() throws Exception {
    broker.publish(
        "s/b1", "[{\"bn\":\"b1/\",\"bt\":-60,\"n\":\"p0\",\"u\":\"cm\",\"v\":1},{\"n\":\"x\"}]", 1);
    awaitDeliveries(1);
    var cbor = folder.resolve("pack");
    Files.write(cbor, HexFormat.of().parseHex("81a3006270300161 6d0202".replace(" ", "")));
    broker.publishFile("s/b1", cbor, 1);
    awaitDeliveries(2);
    assertThat(inlet.samples())
        .containsExactly(
            new Sample("p0", new Value.Num(1), Unit.of("cm"), Quality.GOOD, NOW.minusSeconds(60)),
            Sample.of("p0", 2, Unit.METRE));
    assertThat(inlet.deliveries().getFirst().problems())
        .containsExactly("record 2: 'b1/x': no value");
  }

  @Test
  void whatYieldsNothingIsToldOnceAndNotSentForEver() throws Exception {
    broker.publish("field/a1/nothing", "{\"v\":1}", 1);
    broker.publish("field/zzz/p0", "{\"v\":1}", 1);
    broker.publish("field/a1/p0", "{\"v\":\"far\"}", 1);
    broker.publish("field/a1/p0", "", 1);
    broker.publish("s/b1", "[{\"n\":\"p0\",\"u\":\"V\",\"v\":1}]", 1);
    broker.publish("field/a1/p0", "{\"v\":2}", 1);
    awaitDeliveries(1);
    assertThat(inlet.reports())
        .extracting(Report::what)
        .containsExactly("unknown-device", "unknown-device", "malformed", "malformed", "malformed");
    assertThat(inlet.reports().get(2))
        .isEqualTo(
            new Report("malformed", "a1", "field/a1/p0: '/v' is 'far': expected a finite number"));
    reopen();
    broker.publish("field/a1/p0", "{\"v\":3}", 1);
    awaitDeliveries(1);
    assertThat(inlet.reports()).isEmpty();
    assertThat(numbers()).containsExactly(3);
  }

  @Test
  void aMegabyteNeverReachesUsAndAHundredKilobytesAreRefused() throws Exception {
    var payload = folder.resolve("payload");
    Files.writeString(payload, "{\"v\":1" + " ".repeat(1 << 20) + "}");
    broker.publishFile("field/a1/p0", payload, 1);
    Files.writeString(payload, "{\"v\":1" + " ".repeat(100 << 10) + "}");
    broker.publishFile("field/a1/p0", payload, 1);
    broker.publish("field/a1/p0", "{\"v\":2}", 1);
    awaitDeliveries(1);
    assertThat(numbers()).containsExactly(2);
    assertThat(inlet.reports())
        .singleElement()
        .satisfies(report -> assertThat(report.problem()).contains("got 102407 bytes"));
  }

  @Test
  void tenThousandComeInOrderAndAreAcknowledged() throws Exception {
    broker.publishLines("field/a1/p0", lines(0, 10_000));
    awaitDeliveries(10_000);
    assertThat(numbers()).isEqualTo(IntStream.range(0, 10_000).boxed().toList());
    reopen();
    broker.publish("field/a1/p0", "{\"v\":-1}", 1);
    awaitDeliveries(1);
    assertThat(numbers()).containsExactly(-1);
  }

  @Test
  void whatTheBrokerTookWhileWeWereAwayComesWhenWeAreBack() throws Exception {
    field.close();
    broker.publishLines("field/a1/p0", lines(0, 500));
    broker.stop();
    broker.restart();
    field = field();
    field.open(inlet);
    awaitDeliveries(500);
    assertThat(numbers()).isEqualTo(IntStream.range(0, 500).boxed().toList());
  }

  @Test
  void whatWasNotAcknowledgedIsSentAgainAndMarkedSo() throws Exception {
    inlet.answer(Answer.HOLD);
    broker.publishLines("field/a1/p0", lines(0, 3));
    awaitDeliveries(3);
    reopen();
    awaitDeliveries(3);
    assertThat(inlet.deliveries())
        .extracting(Delivery::sending)
        .containsExactly(Sending.AGAIN, Sending.AGAIN, Sending.AGAIN);
    inlet.answer(Answer.KEEP);
    inlet.keepHeld();
    broker.publish("field/a1/p0", "{\"v\":9}", 1);
    awaitDeliveries(4);
    assertThat(inlet.deliveries().getLast().sending()).isEqualTo(Sending.FIRST);
  }

  @Test
  void anOrderlyEndWaitsForTheCommitThatIsUnderWay() throws Exception {
    inlet.answer(Answer.HOLD);
    broker.publish("field/a1/p0", "{\"v\":1}", 1);
    awaitDeliveries(1);
    var closing = Thread.ofVirtual().start(() -> field.close());
    Await.until("the end to wait", () -> closing.getState() == Thread.State.TIMED_WAITING);
    inlet.keepHeld();
    closing.join();
    inlet.answer(Answer.KEEP);
    reopen();
    broker.publish("field/a1/p0", "{\"v\":2}", 1);
    awaitDeliveries(1);
    assertThat(numbers()).containsExactly(2);
  }

  @Test
  void aRefusedMessageIsSentAgainWhenTheDiskIsBack() throws Exception {
    inlet.answer(Answer.REFUSE);
    broker.publish("field/a1/p0", "{\"v\":1}", 1);
    awaitDeliveries(1);
    inlet.answer(Answer.KEEP);
    awaitDeliveries(2);
    assertThat(inlet.deliveries())
        .extracting(Delivery::sending)
        .containsExactly(Sending.FIRST, Sending.AGAIN);
  }

  @Test
  void comesBackAfterTheBrokerDiedAndForgotUs() throws Exception {
    broker.kill(); // its session was only in memory
    broker.restart();
    Await.until("a second subscription", () -> subscriptions() >= 2);
    broker.publish("field/a1/p0", "{\"v\":1}", 1);
    awaitDeliveries(1);
  }

  @Test
  void waitsForABrokerThatIsNotThereYet() throws Exception {
    field.close();
    broker.stop();
    field = field();
    field.open(inlet);
    broker.restart();
    Await.until("a second subscription", () -> subscriptions() >= 2);
    broker.publish("field/a1/p0", "{\"v\":1}", 1);
    awaitDeliveries(1);
  }

  @Test
  void closesWithinTwoSecondsThoughTheIntakeIsFull() throws Exception {
    inlet.answer(Answer.FULL);
    broker.publishLines("field/a1/p0", lines(0, 2000));
    long started = System.nanoTime();
    field.close();
    field.close();
    assertThat(System.nanoTime() - started).isLessThan(2_000_000_000L);
    inlet.answer(Answer.KEEP);
    field = field();
    field.open(inlet);
    awaitDeliveries(2000);
    assertThat(numbers()).isEqualTo(IntStream.range(0, 2000).boxed().toList());
  }

  @Test
  void aSensorThatDiesIsSilentByItsLastWill() throws Exception {
    var sensor =
        Peer.start(
            "mosquitto_sub",
            List.of(
                "-p",
                "" + broker.port(),
                "-i",
                "sensor-c1",
                "-t",
                "nothing",
                "--will-topic",
                "w/c1/status",
                "--will-payload",
                "offline",
                "--will-qos",
                "1"));
    Await.until("the sensor", () -> broker.log().contains("as sensor-c1"));
    broker.publish("w/c1", "{\"v\":4}", 1);
    awaitDeliveries(1);
    sensor.destroyForcibly().waitFor();
    awaitDeliveries(2);
    assertThat(inlet.samples())
        .containsExactly(
            new Sample("p0", new Value.Num(4), null, Quality.GOOD, null),
            Sample.bad("p0", Reason.SILENT));
  }

  private void reopen() throws Exception {
    field.close();
    inlet.clear();
    field = field();
    field.open(inlet);
  }

  private void awaitDeliveries(int count) throws Exception {
    Await.until(
        count + " deliveries",
        () -> inlet.size() >= count,
        java.time.Duration.ofSeconds(30),
        () -> "but " + inlet.size() + ", reports " + inlet.reports() + "\n" + broker.log());
  }

  private List<Integer> numbers() {
    var numbers = new ArrayList<Integer>();
    for (var sample : inlet.samples()) {
      if (sample.value() instanceof Value.Num(var number)) {
        numbers.add((int) number);
      }
    }
    return numbers;
  }

  private static List<String> lines(int from, int to) {
    return IntStream.range(from, to).mapToObj("{\"v\":%d}"::formatted).toList();
  }

  private MqttField field() {
    var mistakes = new Mistakes();
    var profile = Written.profile(JSON_VT, mistakes);
    var willed = Written.profile(WILLED, mistakes);
    var c1 = asset("c1", num("p0", Unit.RATIO));
    var a1 = asset("a1", num("p0", Unit.RATIO));
    var b1 = asset("b1", num("p0", Unit.METRE));
    return new MqttField(
        new FieldBroker(new MqttBus("field", "127.0.0.1", broker.port(), null, null), CLIENT),
        List.of(
            new Device("field", "a1", Written.word("field/a1"), a1, profile),
            new Device("field", "c1", Written.word("field/c1"), c1, willed),
            new Device("field", "b1", Written.word("field/b1"), b1, null)),
        () -> NOW);
  }
}
