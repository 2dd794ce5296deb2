package org.kerbside.drivers.lorawan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.lorawan.HandBus.Sent;
import org.kerbside.drivers.testkit.Chirpstack;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.RecordingInlet.Report;
import org.kerbside.gateway.model.Value;

/** Orders on their way down: of a class A valve and of class C lamps. */
class DownlinksTest {

  private static final String VALVES = "24E124468B010001";
  private static final String LAMPS = "24E124756B010001";
  private static final Value OPEN = new Value.Num(1);
  private static final Value SHUT = new Value.Num(0);

  private final HandClock clock = new HandClock();
  private final HandBus bus = new HandBus();
  private final RecordingInlet inlet = new RecordingInlet();
  private final AtomicInteger ids = new AtomicInteger();
  private LorawanField field = field();
  private int count;

  @BeforeEach
  void open() {
    field = field();
    field.open(inlet);
  }

  private LorawanField field() {
    var site = Sites.read(Sites.EXAMPLE, new Mistakes());
    var settings = LorawanBus.read(site.buses().getFirst(), new Mistakes());
    return new LorawanField(
        settings, bus, site.devices(), clock, () -> "id-" + ids.incrementAndGet());
  }

  @Test
  void aSleeperIsToldInAnswerToItsUplink() throws Exception {
    move(VALVES + "/2", OPEN);
    assertThat(bus.sent).isEmpty();
    uplink(VALVES);
    assertThat(bus.sent)
        .containsExactly(
            new Sent(
                Chirpstack.down(VALVES),
                "{\"id\":\"id-1\",\"devEui\":\"24e124468b010001\",\"confirmed\":true,\"fPort\":85,\"data\":\"/x0hAA==\"}"));
  }

  @Test
  void theNewestOrderReplacesTheOneThatWaits() throws Exception {
    move(VALVES + "/1", OPEN);
    move(VALVES + "/1", SHUT);
    uplink(VALVES);
    assertThat(data()).containsExactly("/x0AAA=="); // FF 1D 00 00
  }

  @Test
  void anOrderThatIsUnderWayIsNotSentTwice() throws Exception {
    move(VALVES + "/1", OPEN);
    uplink(VALVES);
    move(VALVES + "/1", OPEN); // the desk repeats what does not show yet
    uplink(VALVES);
    heard(VALVES, "id-1");
    uplink(VALVES);
    assertThat(data()).hasSize(1);
  }

  @Test
  void whatWasOrderedMeanwhileGoesWithTheAnswer() throws Exception {
    move(VALVES + "/1", OPEN);
    uplink(VALVES);
    move(VALVES + "/1", SHUT);
    uplink(VALVES); // the first is still on its way
    assertThat(data()).hasSize(1);
    heard(VALVES, "id-1");
    assertThat(data()).containsExactly("/x0gAA==", "/x0AAA==");
  }

  @Test
  void whatIsNotHeardIsRepeatedThreeTimesAndTold() throws Exception {
    move(VALVES + "/1", OPEN);
    uplink(VALVES);
    notHeard(VALVES, "id-1");
    notHeard(VALVES, "id-2");
    assertThat(inlet.reports()).isEmpty();
    notHeard(VALVES, "id-3");
    uplink(VALVES);
    assertThat(data()).hasSize(3);
    assertThat(inlet.reports())
        .containsExactly(
            new Report(
                "downlink",
                "24e124468b010001",
                "1/valve: the device did not hear it, 3 times; given up"));
  }

  @Test
  void whatIsNotHeardDoesNotReplaceSomethingNewer() throws Exception {
    move(VALVES + "/1", OPEN);
    uplink(VALVES);
    move(VALVES + "/1", SHUT);
    notHeard(VALVES, "id-1");
    assertThat(data()).containsExactly("/x0gAA==", "/x0AAA==");
  }

  @Test
  void anAnswerThatIsNoMoreToBeHadIsNotWaitedFor() throws Exception {
    move(VALVES + "/1", OPEN);
    for (int i = 0; i < 4; i++) {
      uplink(VALVES); // the server has lost it
    }
    assertThat(data()).hasSize(2);
  }

  @Test
  void anOrderThatNobodyHearsIsGivenUp() throws Exception {
    move(VALVES + "/1", OPEN);
    clock.pass(Duration.ofHours(6).plusSeconds(1));
    uplink(VALVES);
    assertThat(bus.sent).isEmpty();
    assertThat(inlet.reports())
        .extracting(Report::problem)
        .containsExactly("1/valve: given up after 6 h");
  }

  @Test
  void whatIsGivenUpIsToldThoughTheBrokerIsAway() throws Exception {
    move(VALVES + "/1", OPEN);
    clock.pass(Duration.ofHours(6).plusSeconds(1));
    move(VALVES + "/2", OPEN);
    bus.isAway = true;
    uplink(VALVES);
    assertThat(inlet.reports())
        .extracting(Report::problem)
        .containsExactly("1/valve: given up after 6 h", "the broker is away");
  }

  @Test
  void aNewSessionIsToldAgain() throws Exception {
    move(VALVES + "/1", OPEN);
    uplink(VALVES);
    bus.comes(Chirpstack.topic(VALVES, "join"), "{}");
    uplink(VALVES);
    assertThat(data()).containsExactly("/x0gAA==", "/x0gAA==");
  }

  @Test
  void lampsAreToldAtOnceAndTogether() throws Exception {
    uplink(LAMPS); // by which its application is known
    move(LAMPS + "/1", Value.Flag.TRUE);
    move(LAMPS + "/2", Value.Flag.TRUE);
    assertThat(data()).containsExactly("CAEB"); // 08 01 01
    heard(LAMPS, "id-1");
    assertThat(data()).containsExactly("CAEB", "CAIC"); // 08 02 02
    move(LAMPS + "/1", Value.Flag.FALSE);
    move(LAMPS + "/2", Value.Flag.FALSE);
    heard(LAMPS, "id-2");
    assertThat(data().getLast()).isEqualTo("CAEACAIA"); // 08 01 00 08 02 00
  }

  @Test
  void aLampThatDoesNotAnswerIsToldAgain() throws Exception {
    uplink(LAMPS);
    move(LAMPS + "/1", Value.Flag.TRUE);
    clock.pass(Duration.ofSeconds(91));
    uplink(LAMPS);
    assertThat(data()).containsExactly("CAEB", "CAEB");
    bus.comes(
        Chirpstack.topic(LAMPS, "log"),
        Chirpstack.log("DOWNLINK_GATEWAY", "duty cycle is used up"));
    uplink(LAMPS);
    assertThat(data()).hasSize(3);
  }

  @Test
  void aBrokerThatIsAwayIsToldToWhomeverOrders() throws Exception {
    assertThatThrownBy(() -> move(LAMPS + "/1", Value.Flag.TRUE))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("application: UUID");
    uplink(LAMPS);
    bus.isAway = true;
    assertThatThrownBy(() -> move(LAMPS + "/1", Value.Flag.TRUE))
        .isInstanceOf(Unavailable.class)
        .hasMessage("the broker is away");
    bus.isAway = false;
    uplink(LAMPS);
    assertThat(bus.sent).isEmpty(); // whoever ordered it orders it again
  }

  @Test
  void whatNobodyWillAnswerAnyMoreIsLeftToTheServer() throws Exception {
    uplink(VALVES);
    move(VALVES + "/1", SHUT);
    field.close();
    assertThat(data()).containsExactly("/x0AAA==");
  }

  @Test
  void refusesWhatItCannotDo() {
    assertThatThrownBy(() -> move(VALVES + "/1", new Value.Num(.5))).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> move(VALVES + "/3", OPEN)).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> field.move(LAMPS + "/1", "dim", OPEN)).isInstanceOf(Refused.class);
    assertThat(field.has(LAMPS + "/1", "on")).isTrue();
    assertThat(field.has(LAMPS + "/1", "dim")).isFalse();
    assertThat(field.has("24E124713B010001", "on")).isFalse();
  }

  private void move(String device, Value value) throws DeviceException {
    field.move(device, device.startsWith(LAMPS) ? "on" : "valve", value);
  }

  private void uplink(String eui) throws Exception {
    bus.comes(Chirpstack.topic(eui, "up"), Chirpstack.up(eui, ++count, 85, "FF0F00"));
  }

  private void heard(String eui, String id) throws Exception {
    bus.comes(Chirpstack.topic(eui, "ack"), Chirpstack.heard(id));
  }

  private void notHeard(String eui, String id) throws Exception {
    bus.comes(Chirpstack.topic(eui, "ack"), Chirpstack.notHeard(id));
  }

  private List<String> data() {
    return bus.sent.stream()
        .map(sent -> sent.payload().replaceAll(".*\"data\":\"([^\"]*)\".*", "$1"))
        .toList();
  }
}
