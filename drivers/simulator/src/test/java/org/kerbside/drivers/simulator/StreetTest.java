package org.kerbside.drivers.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.kerbside.drivers.simulator.Quarter.fault;
import static org.kerbside.drivers.simulator.Quarter.lighting;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Value;

class StreetTest {

  private static final StreetBus BUS = new StreetBus(7, Duration.ofSeconds(1), List.of());

  private final Inbox inbox = new Inbox();
  private final Street street = new Street(BUS, Quarter.SITE, lighting(), new Fast(600));

  @AfterEach
  void stop() {
    street.close();
  }

  @Test
  void speaksOnItsOwnAtTheSpeedOfTheClock() throws Exception {
    street.open(inbox);
    await(() -> inbox.of("feeder-1").size() >= 5);
    assertThat(inbox.of("lamp-1")).isNotEmpty();
  }

  @Test
  void doesWhatItIsOrderedAndShowsIt() throws Exception {
    street.open(inbox);
    street.move("lamp-1", "on", Value.Flag.FALSE);
    await(() -> inbox.of("lamp-1").stream().anyMatch(StreetTest::isOff));
  }

  @Test
  void failsWhenAskedTo() throws Exception {
    street.open(inbox);
    street.fault("lamp-1", "lamp-failure", Duration.ofHours(1));
    await(() -> inbox.of("lamp-1").stream().anyMatch(StreetTest::isDark));
  }

  /** Nobody is to try them again and again. */
  @Test
  void saysWhichOutputsItHas() {
    assertThat(street.has("lamp-1", "dim")).isTrue();
    assertThat(street.has("lamp-1", "power")).isFalse();
    assertThat(street.has("lamp-9", "on")).isFalse();
  }

  @Test
  void refusesOrdersThatItHasNoOutputFor() {
    assertThatThrownBy(() -> street.move("lamp-9", "on", Value.Flag.TRUE))
        .isInstanceOf(DeviceException.Refused.class)
        .hasMessageContaining("no device 'lamp-9'");
    assertThatThrownBy(() -> street.move("lamp-1", "power", new Value.Num(60)))
        .hasMessage("lamp-1: no output 'power': expected on or dim");
    assertThatThrownBy(() -> street.move("lamp-1", "dim", new Value.Num(1.5)))
        .hasMessageContaining("expected a number from 0 to 1");
    assertThatThrownBy(() -> street.move("lamp-1", "on", new Value.Num(1)))
        .hasMessageContaining("expected true or false");
  }

  @Test
  void refusesFaultsThatItCannotPlay() {
    assertThatThrownBy(() -> street.fault("lamp-1", "melted", Duration.ofHours(1)))
        .hasMessageContaining("'melted' is no fault");
    assertThatThrownBy(() -> street.fault("lamp-1", "burst-pipe", Duration.ofHours(1)))
        .hasMessage("lamp-1: a lamp cannot have the fault 'burst-pipe'");
    var planned = fault(Fault.SILENT, "lamp-9", Duration.ZERO, Duration.ofHours(1));
    var bus = new StreetBus(7, Duration.ofSeconds(1), List.of(planned));
    var wrong = new Street(bus, Quarter.SITE, lighting(), new Fast(1));
    assertThatThrownBy(() -> wrong.open(inbox)).isInstanceOf(DeviceException.Refused.class);
  }

  @Test
  void tellsOfAssetsThatItCannotPlay() throws Exception {
    var devices = List.of(Quarter.device("generic", "a0", null));
    try (var other = new Street(BUS, Quarter.SITE, devices, new Fast(1))) {
      other.open(inbox);
      assertThat(inbox.reports).containsExactly("unknown-device a0");
    }
  }

  @Test
  void stopsThoughTheIntakeIsFull() throws Exception {
    inbox.room = Room.NONE;
    street.open(inbox);
    assertThat(inbox.waiting.await(10, TimeUnit.SECONDS)).isTrue();
    long begin = System.nanoTime();
    street.close();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(alive()).isFalse();
  }

  @Test
  void stopsWhileItWaitsForTheNextStep() throws Exception {
    var slow = new Street(BUS, Quarter.SITE, lighting(), new Fast(0.001));
    slow.open(inbox);
    await(() -> inbox.of("feeder-1").size() == 1);
    slow.close();
    assertThat(alive()).isFalse();
  }

  private static boolean alive() {
    return Thread.getAllStackTraces().keySet().stream().anyMatch(t -> t.getName().equals("street"));
  }

  private static boolean isOff(Sample sample) {
    return sample.quantity().equals("on") && Value.Flag.FALSE.equals(sample.value());
  }

  private static boolean isDark(Sample sample) {
    return sample.quantity().equals("power")
        && sample.value() instanceof Value.Num(var watts)
        && watts < 2;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("came in time").isLessThan(end);
      Thread.sleep(5);
    }
  }

  private enum Room {
    ENOUGH,
    NONE
  }

  /** An intake that keeps everything, or has no room. */
  private static final class Inbox implements Inlet {

    final List<Delivery> deliveries = new CopyOnWriteArrayList<>();
    final List<String> reports = new CopyOnWriteArrayList<>();
    final CountDownLatch waiting = new CountDownLatch(1);
    volatile Room room = Room.ENOUGH;

    List<Sample> of(String device) {
      return deliveries.stream()
          .filter(d -> d.device().equals(device))
          .flatMap(d -> d.samples().stream())
          .filter(s -> !device.startsWith("feeder") || s.quantity().equals("lux"))
          .toList();
    }

    @Override
    public boolean offer(Delivery delivery) {
      return deliveries.add(delivery);
    }

    @Override
    public void put(Delivery delivery) throws InterruptedException {
      if (room == Room.NONE) {
        waiting.countDown();
        new CountDownLatch(1).await();
      }
      deliveries.add(delivery);
    }

    @Override
    public void report(String what, String device, String problem) {
      reports.add(what + " " + device);
    }
  }

  /** A site clock that runs {@code speed} times as fast. */
  private record Fast(double speed, long begin) implements Clock {

    Fast(double speed) {
      this(speed, System.nanoTime());
    }

    @Override
    public Moment now() {
      var passed = Duration.ofNanos(Math.round((System.nanoTime() - begin) * speed));
      var wall = Instant.parse("2026-06-15T12:00:00Z").plus(passed);
      return new Moment(wall, ClockQuality.SYNC, passed);
    }

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public Duration real(Duration site) {
      return Duration.ofNanos(Math.round(site.toNanos() / speed));
    }
  }
}
