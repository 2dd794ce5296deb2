package org.kerbside.drivers.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.DeviceException.NoAnswer;
import org.kerbside.drivers.api.DeviceException.Refused;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Inspection;
import org.kerbside.drivers.api.LineSettings;
import org.kerbside.drivers.api.Quantity;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Assets;
import org.kerbside.drivers.testkit.Await;
import org.kerbside.drivers.testkit.NeedsPeer;
import org.kerbside.drivers.testkit.RecordingInlet;
import org.kerbside.drivers.testkit.SerialCable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/** The bus's thread, with chips that say what they are told to, and a cable between ptys. */
@Timeout(30)
class ChipFieldTest {

  /** Says one byte as a temperature. */
  private static final Chip<Section> THERMOMETER =
      new Chip.OnI2c<>(
          List.of(0x44, 0x45),
          own ->
              new Chip.Fitting<>(
                  List.of(Quantity.number("temperature", Unit.CELSIUS)),
                  Duration.ofMillis(100),
                  (wire, time) ->
                      () -> List.of(Sample.of("temperature", wire.read(1)[0], Unit.CELSIUS))));

  /** Says the next byte of its line as a distance. */
  private static final Chip<Section> RULER =
      new Chip.OnLine<>(
          LineSettings.of(9600),
          own ->
              new Chip.Fitting<>(
                  List.of(Quantity.number("distance", Unit.MILLIMETRE)),
                  Duration.ofMillis(100),
                  (line, time) ->
                      () -> {
                        byte[] came = line.read(Duration.ofMillis(50));
                        if (came.length == 0) {
                          throw new NoAnswer("nothing came");
                        }
                        return List.of(Sample.of("distance", came[0], Unit.MILLIMETRE));
                      }));

  private static final Map<String, Chip<Section>> CHIPS =
      Map.of("thermometer", THERMOMETER, "ruler", RULER);

  private static final Sample WARM = Sample.of("temperature", 21, Unit.CELSIUS);

  @TempDir private Path folder = Path.of("");

  private final RecordingInlet inlet = new RecordingInlet();
  private final HandHardware hardware = new HandHardware();
  private final Asset asset =
      Assets.asset(
          "a", Assets.num("temperature", Unit.CELSIUS), Assets.num("distance", Unit.METRE));

  @Test
  void asksAChipAtItsPace() throws Exception {
    hardware.answers((written, wanted) -> new byte[] {21});
    try (var field = thermometer("{ i2c: 1 }")) {
      field.open(inlet);
      Await.until("three polls", () -> inlet.samples().size() >= 3);
      assertThat(inlet.samples()).containsOnly(WARM);
    }
  }

  @Test
  void aPollThatFailsIsTriedTwiceMoreAndThenItsPointsAreBad() throws Exception {
    var tries = new AtomicInteger();
    hardware.answers(
        (written, wanted) -> {
          tries.incrementAndGet();
          throw new BadTelegram("bent");
        });
    try (var field = thermometer("{ i2c: 1, every: 1h }")) {
      field.open(inlet);
      Await.until("it is told", () -> inlet.size() == 1);
    }
    assertThat(tries).hasValue(3);
    assertThat(inlet.samples()).containsExactly(Sample.bad("temperature", Reason.BAD_CHECKSUM));
  }

  @Test
  void aBusThatIsGoneIsNobodysFaultAndIsOpenedAgain() throws Exception {
    hardware.answers((written, wanted) -> new byte[] {21});
    hardware.isGone(true);
    try (var field = thermometer("{ i2c: 1 }")) {
      field.open(inlet);
      Await.until("it is told", () -> inlet.size() == 1);
      assertThat(inlet.samples()).containsExactly(Sample.bad("temperature", Reason.TIME_OUT));
      hardware.isGone(false);
      Await.until("it answers", () -> inlet.samples().contains(WARM));
    }
  }

  /** No thread can end a native call: those on other buses go on, and these are told. */
  @Test
  void aBusThatHangsIsToldAndGoesOnWhenItIsLetGo() throws Exception {
    var hang = new CountDownLatch(1);
    hardware.answers(
        (written, wanted) -> {
          awaitUninterruptibly(hang);
          return new byte[] {21};
        });
    try (var field = thermometer("{ i2c: 1 }")) {
      field.open(inlet);
      Await.until("it is told", () -> inlet.size() == 1);
      assertThat(inlet.samples()).containsExactly(Sample.bad("temperature", Reason.SILENT));
      hang.countDown();
      Await.until("it goes on", () -> inlet.samples().contains(WARM));
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (true) {
      try {
        latch.await();
        return;
      } catch (InterruptedException unheard) {
        // As native code does.
      }
    }
  }

  @Test
  void peopleMayLookIntoABusWhileItRuns() throws Exception {
    hardware.answers((written, wanted) -> new byte[] {21});
    try (var field = thermometer("{ i2c: 1, every: 1h }")) {
      field.open(inlet);
      var look = field.look("0x44");
      assertThat(look.samples()).containsExactly(WARM);
      assertThat(look.talk()).containsExactly("< 15");
      assertThat(field.addresses())
          .hasSize(112)
          .startsWith("0x08")
          .contains("0x44")
          .endsWith("0x77");
      assertThat(field.presence("0x45"))
          .isEqualTo(new Inspection.Presence.Somebody(List.of("thermometer")));
      hardware.answers(
          (written, wanted) -> {
            throw new NoAnswer("nobody");
          });
      assertThat(field.presence("0x45")).isEqualTo(new Inspection.Presence.Nobody());
      assertThat(field.look("0x44"))
          .isEqualTo(
              new Inspection.Look(
                  List.of("<", "! nobody"), List.of(Sample.bad("temperature", Reason.TIME_OUT))));
      assertThatThrownBy(() -> field.look("0x46")).isInstanceOf(Refused.class);
      assertThatThrownBy(() -> field.presence("0x78")).isInstanceOf(Refused.class);
    }
  }

  /** One driver's mistake is not the end of its bus. */
  @Test
  void aMistakeOfADriverCostsItsOwnPoints() throws Exception {
    hardware.answers(
        (written, wanted) -> {
          if (inlet.size() == 0) {
            throw new IllegalStateException("a mistake");
          }
          return new byte[] {21};
        });
    try (var field = thermometer("{ i2c: 1, retry: 0 }")) {
      field.open(inlet);
      Await.until("it goes on", () -> inlet.samples().contains(WARM));
    }
    assertThat(inlet.samples()).contains(Sample.bad("temperature", Reason.DEVICE_ERROR));
  }

  @Test
  @NeedsPeer("socat")
  void aDeviceOnASerialPortIsHeardThroughAPulledCable() throws Exception {
    try (var cable = SerialCable.in(folder)) {
      var bus = Written.bus("{ serial: %s }".formatted(cable.near()));
      try (var field =
          new ChipField(
              bus,
              (Place.Wires) bus.place(),
              List.of(device("1", "ruler")),
              CHIPS,
              new LinuxHardware(folder),
              new JSerialPorts(folder.resolve("native")),
              System::nanoTime)) {
        field.open(inlet);
        awaitDistance(cable, 42);
        cable.pull();
        Await.until(
            "the loss", () -> inlet.samples().contains(Sample.bad("distance", Reason.TIME_OUT)));
        cable.plug();
        awaitDistance(cable, 43);
      }
    }
  }

  private void awaitDistance(SerialCable cable, int distance) throws Exception {
    var expected = Sample.of("distance", distance, Unit.MILLIMETRE);
    Await.until(
        "distance " + distance,
        () -> {
          Files.write(cable.far(), new byte[] {(byte) distance}, StandardOpenOption.WRITE);
          return inlet.samples().contains(expected);
        });
  }

  @Test
  void aPortThatIsNotThereSaysSo() {
    var ports = new JSerialPorts(folder.resolve("native"));
    assertThatThrownBy(() -> ports.open("/dev/tty-none", LineSettings.USUAL))
        .isInstanceOf(Unavailable.class)
        .hasMessageContaining("/dev/tty-none is not there");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{ i2c: 1 } | 0x44 | thermometer | ",
        "{ serial: /dev/ttyAMA2 } | 1 | ruler | ",
        "{ i2c: 1 } | 0x46 | thermometer | E104 '0x46' is no address of this chip",
        "{ i2c: 1 } | x | thermometer | E104 'x' is no address of this chip",
        "{ i2c: 1 } | 0x44 | ruler | E201 it is no device for /dev/i2c-1",
        "{ serial: /dev/ttyAMA2 } | 1 | thermometer | E201 it is no device for /dev/ttyAMA2",
        "{ i2c: 1 } | 0x44 | thermomete | E207 no chip 'thermomete' is installed"
      })
  void tellsWhatCannotBeOnAWire(String bus, String address, String chip, String told) {
    var mistakes = new Mistakes();
    Written.bus(bus).check(List.of(device(address, chip)), CHIPS, mistakes);
    assertThat(mistakes.all())
        .extracting(each -> each.code() + " " + each.problem())
        .isEqualTo(told == null ? List.of() : List.of(told));
  }

  @Test
  void aSerialPortIsOneDevices() {
    var mistakes = new Mistakes();
    Written.bus("{ serial: /dev/ttyAMA2 }")
        .check(List.of(device("1", "ruler"), device("2", "ruler")), CHIPS, mistakes);
    assertThat(mistakes.all()).extracting(each -> each.code()).containsExactly("E203");
  }

  private ChipField thermometer(String yaml) {
    var bus = Written.bus(yaml);
    return new ChipField(
        bus,
        (Place.Wires) bus.place(),
        List.of(device("0x44", "thermometer")),
        CHIPS,
        new Wires(
            (Place.Wires) bus.place(),
            hardware,
            (port, settings) -> {
              throw new Unavailable("no ports here");
            }),
        System::nanoTime,
        Duration.ofMillis(200));
  }

  private Device device(String address, String chip) {
    var yaml = "profile: p-%s\ndriver: board\nchip: %s".formatted(chip, chip);
    return new Device(
        "b", address, Written.word("b/" + address), asset, Written.profile(yaml, new Mistakes()));
  }
}
