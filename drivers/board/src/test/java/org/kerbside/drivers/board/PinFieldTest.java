package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** The bus's thread, with lines that are moved by hand. */
@Timeout(30)
class PinFieldTest {

  private static final Sample SHUT = Sample.of("shut", true);
  private static final Sample OPEN = Sample.of("shut", false);

  private final RecordingInlet inlet = new RecordingInlet();
  private final HandHardware hardware = new HandHardware();
  private final Asset asset =
      Assets.asset(
          "a",
          Assets.flag("shut"),
          Assets.flag("fan"),
          Assets.flag("pump"),
          Assets.flag("on"),
          Assets.num("switches", Unit.COUNT),
          Assets.num("valve", Unit.RATIO),
          Assets.num("pulses", Unit.COUNT));
  private final PinField field =
      field(
          Written.device("5", "reed", asset, "shut"),
          Written.device("20", "relay", asset, "fan"),
          Written.device("7", "lamp-relay", asset, "on"),
          Written.device("16+17", "relay", asset, "pump"),
          Written.device("24", "valve-relay", asset, "valve"),
          Written.device("23", "pulses", asset, "pulses"));

  private PinField field(Device... devices) {
    var bus = Written.bus("{ pins: label, every: 1s }");
    return new PinField(
        bus, new Place.Header("label"), List.of(devices), hardware, System::nanoTime);
  }

  @BeforeEach
  void open() throws Exception {
    field.open(inlet);
    Await.until("it tells", () -> inlet.samples().contains(OPEN));
  }

  @AfterEach
  void close() {
    field.close();
  }

  @Test
  void everyOutputIsSafeFromTheFirstMomentToTheLast() throws Exception {
    // A relay that is off at low, one whose lamps are lit at low, a valve.
    assertThat(hardware.driven()).containsExactlyInAnyOrder("20=0.0", "16=0.0", "7=0.0", "24=0.0");
    field.move("24", "valve", new Value.Num(1));
    field.move("20", "fan", Value.Flag.TRUE);
    field.move("7", "on", Value.Flag.FALSE);
    Await.until("it is driven", () -> hardware.driven().size() == 7);
    assertThat(hardware.driven()).contains("24=1.0", "20=1.0", "7=1.0");
    field.close();
    assertThat(hardware.driven().subList(7, 11))
        .containsExactlyInAnyOrder("20=0.0", "16=0.0", "7=0.0", "24=0.0");
  }

  @Test
  void whatIsDrivenIsToldWithoutBeingSeen() throws Exception {
    field.move("24", "valve", new Value.Num(1));
    var open = Sample.of("valve", 1, Unit.RATIO).doubted(Reason.ONE_INPUT);
    Await.until("it is told", () -> inlet.samples().contains(open));
    field.move("7", "on", Value.Flag.FALSE);
    var switched = Sample.of("switches", 1, Unit.COUNT);
    Await.until("its switch is counted", () -> inlet.samples().contains(switched));
  }

  @Test
  void aContactThatComesBackIsWhatIsTold() throws Exception {
    inlet.clear();
    field.move("16+17", "pump", Value.Flag.TRUE);
    Await.until("it is driven", () -> hardware.driven().contains("16=1.0"));
    // Its contact is still open: whatever is told says so.
    Await.until("it is told", () -> inlet.samples().contains(Sample.of("pump", false)));
    hardware.moves(17, Level.LOW);
    Await.until("it is seen", () -> inlet.samples().contains(Sample.of("pump", true)));
    // A listener that dies costs no switching.
    hardware.changesUnheard(17, Level.HIGH);
    Await.until("it is found out", () -> !inlet.reports().isEmpty());
    assertThat(hardware.driven().stream().filter(each -> each.startsWith("16="))).hasSize(2);
  }

  @Test
  void refusesWhatALineCannotBe() {
    assertThat(field.has("24", "valve")).isTrue();
    assertThat(field.has("5", "shut")).isFalse();
    assertThat(field.has("24", "fan")).isFalse();
    assertThatThrownBy(() -> field.move("5", "shut", Value.Flag.TRUE))
        .isInstanceOf(Refused.class)
        .hasMessage("5 has no output 'shut'");
    assertThatThrownBy(() -> field.move("24", "valve", new Value.Num(0.5)))
        .isInstanceOf(Refused.class)
        .hasMessageStartingWith("valve cannot be");
    assertThatThrownBy(() -> field.move("20", "fan", new Value.Num(1))).isInstanceOf(Refused.class);
  }

  @Test
  void peopleMayLookAtALine() throws Exception {
    assertThat(field.look("5").samples()).containsExactly(OPEN);
    assertThatThrownBy(() -> field.look("6")).isInstanceOf(Refused.class);
    assertThatThrownBy(() -> field.presence("6")).isInstanceOf(Refused.class);
  }

  @Test
  void countsWhatPassesAndTellsTheCount() throws Exception {
    for (int pulse = 0; pulse < 5; pulse++) {
      hardware.moves(23, Level.LOW);
      hardware.moves(23, Level.HIGH);
    }
    var five = Sample.of("pulses", 5, Unit.COUNT);
    Await.until("the count", () -> inlet.samples().contains(five));
  }

  /** The library's thread may end without a word; the line itself still says what it is at. */
  @Test
  void aListenerThatDiedIsFoundOutAndTheLineIsTakenAnew() throws Exception {
    hardware.changesUnheard(5, Level.LOW);
    Await.until("it is found out", () -> inlet.samples().contains(SHUT));
    assertThat(inlet.reports())
        .extracting(report -> report.what() + " " + report.device())
        .containsExactly("deaf 5");
  }

  @Test
  void whatIsGoneIsSilentOnceAndComesBack() throws Exception {
    inlet.clear();
    hardware.isGone(true);
    field.move("24", "valve", new Value.Num(1)); // Whoever touches it first finds out.
    var silent = Sample.bad("shut", Reason.SILENT);
    Await.until("it is silent", () -> inlet.samples().contains(silent));
    hardware.isGone(false);
    hardware.changesUnheard(5, Level.LOW);
    Await.until("it is back", () -> inlet.samples().contains(SHUT));
    assertThat(inlet.samples().stream().filter(silent::equals)).hasSize(1);
    var valve = hardware.driven().stream().filter(each -> each.startsWith("24")).toList();
    assertThat(valve).as("nothing is made up for").doesNotContain("24=1.0");
  }

  /** The desk orders from its first turn on; the lines open when they can. */
  @Test
  void whatIsOrderedBeforeTheLinesAreOpenIsDone() throws Exception {
    var other = new HandHardware();
    var bus = Written.bus("{ pins: label }");
    var valve = Written.device("24", "valve-relay", asset, "valve");
    try (var early =
        new PinField(bus, new Place.Header("label"), List.of(valve), other, System::nanoTime)) {
      early.move("24", "valve", new Value.Num(1));
      early.open(inlet);
      Await.until("it is driven", () -> other.driven().equals(List.of("24=0.0", "24=1.0")));
    }
  }

  @Test
  void whatIsOrderedWhileNothingIsThereIsToldAndNotKept() throws Exception {
    var other = new HandHardware();
    other.isGone(true);
    var bus = Written.bus("{ pins: label }");
    var valve = Written.device("24", "valve-relay", asset, "valve");
    try (var early =
        new PinField(bus, new Place.Header("label"), List.of(valve), other, System::nanoTime)) {
      early.open(inlet);
      early.move("24", "valve", new Value.Num(1));
      Await.until("it is told", () -> !inlet.reports().isEmpty());
      assertThat(inlet.reports().getFirst())
          .isEqualTo(new RecordingInlet.Report("not-written", "24", "valve: the board is gone"));
      other.isGone(false);
      Await.until("it is open", () -> !other.driven().isEmpty());
    }
    assertThat(other.driven()).containsOnly("24=0.0");
  }

  /** Nobody waits for a line that never rests. */
  @Test
  void closesWhileTheIntakeIsFull() throws Exception {
    inlet.answer(RecordingInlet.Answer.FULL);
    hardware.moves(5, Level.LOW);
    long begun = System.nanoTime();
    field.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
    assertThat(hardware.driven()).hasSize(8); // safe at the start, safe at the end
  }
}
