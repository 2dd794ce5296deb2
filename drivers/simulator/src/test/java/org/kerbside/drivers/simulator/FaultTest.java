package org.kerbside.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.kerbside.drivers.simulator.Quarter.device;
import static org.kerbside.drivers.simulator.Quarter.fault;
import static org.kerbside.drivers.simulator.Quarter.irrigation;
import static org.kerbside.drivers.simulator.Quarter.lighting;
import static org.kerbside.drivers.simulator.Quarter.text;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.kerbside.gateway.model.Value;

class FaultTest {

  private static final Duration SOON = Duration.ofMinutes(10);
  private static final Duration HOUR = Duration.ofHours(1);

  @Test
  void saysTheSameWhileStuck() {
    var street =
        new Quarter(7, "2026-06-15T20:00", lighting(), fault(Fault.STUCK, "feeder-1", SOON, HOUR));
    street.pass(HOUR.multipliedBy(2));
    var during =
        street.of("feeder-1", "voltageA", SOON).stream()
            .filter(t -> t.at().isBefore(street.now().minus(HOUR.minus(SOON))))
            .map(t -> t.number());
    assertThat(during.distinct()).hasSize(1);
    var after = street.of("feeder-1", "voltageA", HOUR.plus(SOON)).stream().map(t -> t.number());
    assertThat(after.distinct()).hasSizeGreaterThan(5);
  }

  @Test
  void saysOneWildValueForASpike() {
    var bin = List.of(device("bin", "bin-1", null));
    var street =
        new Quarter(7, "2026-06-15T06:30", bin, fault(Fault.SPIKE, "bin-1", SOON, HOUR)).pass(HOUR);
    assertThat(street.of("bin-1", "distance").stream().filter(t -> t.number() > 1.5)).hasSize(1);
  }

  @Test
  void saysNothingWhileSilentAndComesBack() {
    var silent = fault(Fault.SILENT, "lamp-5", SOON, HOUR);
    var street = new Quarter(7, "2026-06-15T20:00", lighting(), silent).pass(HOUR.multipliedBy(2));
    var said = street.of("lamp-5", "power", SOON);
    assertThat(said)
        .isNotEmpty()
        .allMatch(t -> !t.at().isBefore(street.now().minus(HOUR.minus(SOON))));
    assertThat(street.of("lamp-4", "power", SOON)).hasSizeGreaterThan(said.size());
  }

  @Test
  void leavesAFailedLampAtStandbyThoughOn() {
    var street =
        new Quarter(
                7, "2026-06-15T20:00", lighting(), fault(Fault.LAMP_FAILURE, "lamp-5", SOON, HOUR))
            .pass(SOON.multipliedBy(2));
    assertThat(street.last("lamp-5", "power").number()).isBetween(0.2, 1.1);
    assertThat(street.last("lamp-5", "on").sample().value()).isEqualTo(Value.Flag.TRUE);
    assertThat(street.last("lamp-4", "power").number()).isGreaterThan(50);
  }

  @Test
  void letsADayBurnerBurnThoughOff() {
    var burner = fault(Fault.DAY_BURNER, "lamp-5", SOON, HOUR);
    var street = new Quarter(7, "2026-06-15T12:00", lighting(), burner);
    street.move("lamp-5", "on", Value.Flag.FALSE).pass(SOON);
    assertThat(street.last("lamp-5", "power").number()).isLessThan(2);
    street.pass(SOON);
    assertThat(street.last("lamp-5", "power").number()).isGreaterThan(50);
    assertThat(street.last("lamp-5", "on").sample().value()).isEqualTo(Value.Flag.FALSE);
  }

  @Test
  void tripsAFeederBehindItsClosedContactor() {
    var trip = fault(Fault.FEEDER_TRIP, "feeder-1", SOON, HOUR);
    var street = new Quarter(7, "2026-06-15T20:00", lighting(), trip).pass(SOON.multipliedBy(2));
    assertThat(street.last("feeder-1", "power").number()).isZero();
    assertThat(street.last("feeder-1", "contactor").sample().value()).isEqualTo(Value.Flag.TRUE);
    assertThat(street.last("feeder-1", "voltageA").number()).isGreaterThan(215);
    for (int lamp = 1; lamp <= 8; lamp++) {
      assertThat(street.last("lamp-" + lamp, "power").number()).isZero();
    }
  }

  @Test
  void losesWaterBehindAnOpenMasterUntilItCloses() {
    var burst = fault(Fault.BURST_PIPE, "master-1", SOON, HOUR);
    var lawn = new Quarter(7, "2026-06-15T20:00", irrigation(), burst);
    lawn.move("master-1", "valve", 1).pass(SOON);
    assertThat(lawn.last("master-1", "flow").number()).isZero();
    double calm = lawn.last("master-1", "pressure").number();

    lawn.pass(SOON);
    assertThat(lawn.last("master-1", "flow").number()).isCloseTo(1.25e-3, within(5e-5));
    assertThat(lawn.last("master-1", "pressure").number()).isLessThan(calm - 50_000);
    assertThat(lawn.last("zone-1", "flow").number()).isZero();

    lawn.move("master-1", "valve", 0).pass(Duration.ofSeconds(30));
    assertThat(lawn.last("master-1", "flow").number()).isZero();
  }

  @Test
  void fillsABinToOverflowWithinTenMinutes() {
    var bin = List.of(device("bin", "bin-1", null));
    var overflow = fault(Fault.BIN_OVERFLOW, "bin-1", SOON, HOUR);
    var street = new Quarter(7, "2026-06-15T07:00", bin, overflow).pass(SOON);
    assertThat(street.last("bin-1", "distance").number()).isGreaterThan(0.7);
    street.pass(Duration.ofMinutes(20));
    assertThat(street.last("bin-1", "distance").number()).isLessThan(0.35);
  }

  @Test
  void keepsAStallShutWithAStillPersonInside() {
    var stall = List.of(device("stall", "stall-1", null));
    var sits = fault(Fault.LONG_OCCUPANCY, "stall-1", SOON, HOUR);
    var street = new Quarter(7, "2026-06-15T02:00", stall, sits).pass(HOUR);
    var since = SOON.plusSeconds(15);
    assertThat(street.of("stall-1", "presence", since))
        .hasSizeGreaterThan(40)
        .allMatch(t -> new Value.State("still").equals(t.sample().value()));
    assertThat(street.of("stall-1", "shut", since))
        .allMatch(t -> Value.Flag.TRUE.equals(t.sample().value()));
    street.pass(HOUR);
    assertThat(street.last("stall-1", "shut").sample().value()).isEqualTo(Value.Flag.FALSE);
  }

  @Test
  void beginsADailyFaultAtItsHourAndEndsIt() {
    var evening =
        new PlannedFault(
            Fault.LAMP_FAILURE,
            text("lamp-5"),
            new PlannedFault.Begin.Daily(LocalTime.of(23, 30)),
            HOUR);
    var street = new Quarter(7, "2026-06-15T23:00", lighting(), evening).pass(HOUR.dividedBy(2));
    assertThat(street.last("lamp-5", "power").number()).isGreaterThan(50);
    street.pass(Duration.ofMinutes(50));
    assertThat(street.last("lamp-5", "power").number()).isLessThan(2);
    street.pass(Duration.ofMinutes(20));
    assertThat(street.last("lamp-5", "power").number()).isGreaterThan(50);
  }

  @Test
  void strikesFromOutsideForAsLongAsAsked() {
    var street = new Quarter(7, "2026-06-15T20:00", lighting()).pass(Duration.ofSeconds(1));
    street.strike(Fault.LAMP_FAILURE, "lamp-2", SOON);
    street.pass(Duration.ofMinutes(1));
    assertThat(street.last("lamp-2", "power").number()).isLessThan(2);
    street.pass(SOON);
    assertThat(street.last("lamp-2", "power").number()).isGreaterThan(50);
  }
}
