package org.kerbside.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.kerbside.drivers.simulator.Quarter.device;
import static org.kerbside.drivers.simulator.Quarter.fault;
import static org.kerbside.drivers.simulator.Quarter.irrigation;
import static org.kerbside.drivers.simulator.Quarter.lighting;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.kerbside.config.Device;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/** Each fault as it is on the wire, and that it ends. */
class StreetFaultTest {

  private static final Duration SOON = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration STEP = Duration.ofSeconds(10);
  private static final List<Device> BIN = List.of(device("bin", "bin-1", null));

  @Test
  void aSensorDriftsByAHundredthADay() {
    var bin = List.of(device("bin", "bin-1", null));
    var days = Duration.ofDays(5);
    var sound = new Quarter(7, "2026-06-15T06:30", bin).pass(days, Duration.ofMinutes(1));
    var drifts =
        new Quarter(7, "2026-06-15T06:30", bin, fault(Fault.DRIFT, "bin-1", Duration.ZERO, days))
            .pass(days, Duration.ofMinutes(1));
    double ratio =
        drifts.last("bin-1", "distance").number() / sound.last("bin-1", "distance").number();
    assertThat(ratio).isCloseTo(1.05, within(.003));
  }

  @Test
  void badBytesSpoilOneNumberAndNoNeighbour() {
    var street = struck("2026-06-15T07:00", BIN, Fault.BAD_BYTES, "bin-1");
    assertThat(street.last("bin-1", "distance").sample().quality())
        .isEqualTo(new Quality.Bad(Reason.BAD_CHECKSUM));
    assertThat(street.last("bin-1", "temperature").number()).isNotNaN();
    street.pass(HOUR, STEP);
    assertThat(street.last("bin-1", "distance").number()).isNotNaN();
  }

  @Test
  void aWrongClockTellsWrongTimes() {
    var ahead =
        struck("2026-06-15T07:00", BIN, Fault.CLOCK_AHEAD, "bin-1").last("bin-1", "distance");
    assertThat(ahead.sample().at()).isEqualTo(ahead.at().plus(HOUR));
    var behind =
        struck("2026-06-15T07:00", BIN, Fault.CLOCK_BEHIND, "bin-1").last("bin-1", "distance");
    assertThat(behind.sample().at()).isEqualTo(behind.at().minus(Duration.ofDays(30)));
  }

  @Test
  void metersAreResetAndSwapped() {
    var reset = struck("2026-06-15T21:00", lighting(), Fault.METER_RESET, "lamp-5");
    assertThat(reset.of("lamp-5", "energy").getFirst().number()).isGreaterThan(40);
    assertThat(reset.last("lamp-5", "energy").number()).isBetween(0.0, .1);
    assertThat(reset.pass(HOUR, STEP).last("lamp-5", "energy").number()).isBetween(0.0, .2);
    var swap = struck("2026-06-15T21:00", lighting(), Fault.METER_SWAP, "lamp-5");
    assertThat(swap.last("lamp-5", "energy").number()).isBetween(12.5, 12.6);
  }

  @Test
  void aBlindSensorSaysTheLeastItCan() {
    for (var fault : List.of(Fault.BLIND_ZONE, Fault.DEW)) {
      var blind = struck("2026-06-15T07:00", BIN, fault, "bin-1").last("bin-1", "distance");
      assertThat(blind.number()).isEqualTo(.03);
      assertThat(blind.sample().quality()).isEqualTo(new Quality.Uncertain(Reason.BLIND_ZONE));
    }
  }

  @Test
  void aBurningBinRisesByTenDegreesInFiveMinutes() {
    var street = struck("2026-06-15T07:00", BIN, Fault.BIN_FIRE, "bin-1");
    assertThat(street.last("bin-1", "temperature").number()).isGreaterThan(80);
    street.pass(HOUR.multipliedBy(2), STEP);
    assertThat(street.last("bin-1", "temperature").number()).isLessThan(40);
  }

  @Test
  void aBinIsMovedOpenedAndEmptied() {
    var moved = struck("2026-06-15T07:00", BIN, Fault.MOVED, "bin-1");
    assertThat(moved.last("bin-1", "tilt").number()).isEqualTo(70);
    assertThat(moved.last("bin-1", "distance").number()).isGreaterThan(2);
    var open = struck("2026-06-15T07:00", BIN, Fault.LID_OPEN, "bin-1");
    assertThat(open.last("bin-1", "open").sample().value()).isEqualTo(Value.Flag.TRUE);
    var emptied = struck("2026-06-15T21:00", BIN, Fault.EMPTIED, "bin-1");
    assertThat(emptied.of("bin-1", "distance").getFirst().number()).isLessThan(.8);
    assertThat(emptied.last("bin-1", "distance").number()).isGreaterThan(1.1);
  }

  @Test
  void aHotLampGoesOffTwoMinutesInSeven() {
    var cycling = fault(Fault.CYCLING, "lamp-5", Duration.ZERO, HOUR);
    var street = new Quarter(7, "2026-06-15T21:00", lighting(), cycling).pass(HOUR);
    var off = street.of("lamp-5", "power").stream().filter(told -> told.number() < 2).count();
    assertThat(off).isGreaterThanOrEqualTo(8);
    assertThat(street.last("lamp-4", "power").number()).isGreaterThan(50);
  }

  @Test
  void aLostPhaseTakesAThird() {
    var street = struck("2026-06-15T21:00", lighting(), Fault.PHASE_LOST, "feeder-1");
    assertThat(street.last("feeder-1", "voltageB").number()).isZero();
    assertThat(street.last("feeder-1", "powerB").number()).isZero();
    assertThat(street.last("feeder-1", "powerA").number()).isGreaterThan(50);
    long dark =
        IntStream.rangeClosed(1, 8)
            .filter(lamp -> street.last("lamp-" + lamp, "power").number() == 0)
            .count();
    assertThat(dark).isBetween(2L, 3L);
  }

  @Test
  void currentGoesToEarth() {
    var street = struck("2026-06-15T21:00", lighting(), Fault.LEAKAGE, "feeder-1");
    assertThat(street.last("feeder-1", "leakage").number()).isGreaterThan(.1);
  }

  @Test
  void aStuckValveGoesOnFlowing() {
    var street = new Quarter(7, "2026-06-15T21:00", irrigation());
    street.move("master-1", "valve", 1).move("zone-1", "valve", 1).pass(SOON);
    street.strike(Fault.VALVE_STUCK, "zone-1", HOUR);
    street.pass(STEP).move("zone-1", "valve", 0).pass(SOON);
    assertThat(street.last("zone-1", "flow").number()).isGreaterThan(1e-4);
    street.pass(HOUR);
    assertThat(street.last("zone-1", "flow").number()).isZero();
  }

  @Test
  void aLeakRunsBehindShutValves() {
    var street = struck("2026-06-15T21:00", irrigation(), Fault.LEAK, "master-1");
    assertThat(street.last("master-1", "flow").number())
        .isCloseTo(.012 * Zone.NOMINAL, within(5e-7));
    var block = List.of(device("toilet", "wc-1", null));
    var toilet = struck("2026-06-15T02:00", block, Fault.LEAK, "wc-1");
    assertThat(toilet.last("wc-1", "flow").number()).isCloseTo(3e-5, within(1e-9));
  }

  @Test
  void somebodyCallsAndIsHeardAtOnce() {
    var block = List.of(device("toilet", "wc-1", null), device("stall", "f1", "wc-1"));
    for (var who : List.of("wc-1", "f1")) {
      var street = new Quarter(7, "2026-06-15T02:00", block).pass(SOON);
      street.strike(Fault.SOS, who, HOUR);
      street.pass(Duration.ofSeconds(2));
      assertThat(street.last(who, "sos").sample().value()).as(who).isEqualTo(Value.Flag.TRUE);
    }
  }

  @Test
  void aReedFlapsAndTheAirIsFoulUntilTheFanRuns() {
    var block =
        List.of(
            device("toilet", "wc-1", null),
            device("stall", "f1", "wc-1"),
            device("air", "air-1", "wc-1"));
    var flaps = struck("2026-06-15T02:00", block, Fault.FLAPPING, "f1");
    assertThat(flaps.of("f1", "shut", SOON)).hasSizeGreaterThan(100);
    var foul = struck("2026-06-15T02:00", block, Fault.ODOUR, "air-1");
    assertThat(foul.last("air-1", "nh3").number()).isGreaterThan(3500);
    foul.move("wc-1", "fan", Value.Flag.TRUE).pass(Duration.ofMinutes(2));
    assertThat(foul.last("air-1", "nh3").number()).isLessThan(2500);
  }

  @Test
  void theWholeStreetFreezes() {
    var street = struck("2026-12-15T02:00", around(), Fault.FREEZING_NIGHT, "sky");
    assertThat(street.last("sky", "temperature").number()).isEqualTo(-35);
    assertThat(street.last("master-1", "temperature").number()).isEqualTo(-35);
    street.pass(Duration.ofMinutes(36), STEP); // late is not dead
    assertThat(street.last("bin-1", "battery").number()).isLessThan(70);
    assertThat(street.last("zone-1", "moisture").number()).isLessThan(.1);
  }

  @Test
  void dustDarkensNoon() {
    var clear = new Quarter(7, "2026-06-15T12:00", around()).pass(SOON.multipliedBy(3), STEP);
    var storm = struck("2026-06-15T12:00", around(), Fault.DUST_STORM, "sky");
    assertThat(storm.last("sky", "lux").number())
        .isLessThan(clear.last("sky", "lux").number() / 10);
    assertThat(storm.last("dust-1", "pm10").number()).isGreaterThan(1900);
    assertThat(storm.last("sky", "storm").sample().value()).isEqualTo(Value.Flag.TRUE);
  }

  @Test
  void withoutMainsTheLampsAreSilentAndTheCabinetSaysSo() {
    var street = struck("2026-06-15T21:00", around(), Fault.POWER_CUT, "box");
    assertThat(street.last("box", "mains").sample().value()).isEqualTo(Value.Flag.FALSE);
    assertThat(street.last("feeder-1", "mains").sample().value()).isEqualTo(Value.Flag.FALSE);
    assertThat(street.last("feeder-1", "voltageC").number()).isZero();
    assertThat(street.of("lamp-1", "power", SOON.plusSeconds(10))).isEmpty();
    street.pass(HOUR, STEP);
    assertThat(street.last("lamp-1", "power").number()).isGreaterThan(50);
    assertThat(street.last("box", "mains").sample().value()).isEqualTo(Value.Flag.TRUE);
  }

  private static List<Device> around() {
    var all = new ArrayList<>(lighting());
    all.addAll(irrigation());
    all.addAll(BIN);
    all.add(device("weather", "sky", null));
    all.add(device("dust", "dust-1", null));
    all.add(device("cabinet", "box", null));
    all.add(device("manhole", "well-1", null));
    return all;
  }

  /** Struck after ten minutes for an hour; twenty minutes of it have passed. */
  private static Quarter struck(String begin, List<Device> devices, Fault fault, String asset) {
    return new Quarter(7, begin, devices, fault(fault, asset, SOON, HOUR))
        .pass(SOON.multipliedBy(3), STEP);
  }
}
