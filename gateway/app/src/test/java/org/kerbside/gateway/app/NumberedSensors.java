package org.kerbside.gateway.app;

import static org.kerbside.drivers.api.Delivery.Sending.AGAIN;
import static org.kerbside.drivers.api.Delivery.Sending.FIRST;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.testkit.Timetable;
import org.kerbside.gateway.model.Unit;

/**
 * Sensors that number what they say and note every acknowledgement. Those on the MQTT bus send
 * again, with a time of their own, what is unacknowledged when their session stands anew; those on
 * CoAP send the very same message again for a minute and a half and then give it up.
 */
final class NumberedSensors {

  static final int MQTT = 8; // a0..7
  static final int COAP = 8; // b0..7
  static final int COUNTERS = 4; // c0..3

  /** A sensor holds so many, and then says nothing new. */
  private static final int HELD = 500;

  private static final Duration EVERY = Duration.ofMinutes(12);
  private static final int TRIES = 5; // of CoAP, 2 s apart and then twice as long

  /** What the gateway's process is at present; absent between two. */
  private final Supplier<@Nullable Life> life;

  private final Timetable time;
  private final Supplier<Instant> truth;
  private final Laws laws;
  private final Planted planted;
  private final Random chance;
  private final List<Sensor> sensors = new ArrayList<>();
  private boolean quiet;

  NumberedSensors(
      Timetable time,
      Supplier<Instant> truth,
      Supplier<@Nullable Life> life,
      Laws laws,
      Planted planted,
      Random chance) {
    this.time = time;
    this.truth = truth;
    this.life = life;
    this.laws = laws;
    this.planted = planted;
    this.chance = chance;
    for (int i = 0; i < MQTT; i++) {
      sensors.add(new Sensor("field", "a" + i));
    }
    for (int i = 0; i < COAP; i++) {
      sensors.add(new Sensor("coap", "b" + i));
    }
    for (int i = 0; i < COUNTERS; i++) {
      sensors.add(new Sensor("field", "c" + i));
    }
  }

  void begin() {
    sensors.forEach(Sensor::plan);
  }

  /** Nothing new from now on. */
  void fallQuiet() {
    quiet = true;
  }

  /** The field's sessions stand anew: what is unacknowledged goes again. */
  void reconnect() {
    sensors.stream().filter(sensor -> !sensor.isCoap()).forEach(Sensor::again);
  }

  /** One of them had no radio for a while and says so many at once. */
  void burst(int count) {
    var sensor = sensors.get(chance.nextInt(sensors.size()));
    for (int i = 0; i < count; i++) {
      sensor.say();
    }
  }

  boolean isDone() {
    return sensors.stream().allMatch(sensor -> sensor.held.isEmpty());
  }

  /** One sensor with what it has said and nobody acknowledged. */
  private final class Sensor {

    private final String bus;
    private final String name;
    private final TreeMap<Long, Instant> held = new TreeMap<>();
    private long said;

    Sensor(String bus, String name) {
      this.bus = bus;
      this.name = name;
    }

    boolean isCoap() {
      return bus.equals("coap");
    }

    void plan() {
      time.after(
          Duration.ofMillis((long) (EVERY.toMillis() * (0.5 + chance.nextDouble()))),
          () -> {
            if (!quiet) {
              say();
              plan();
            }
          });
    }

    void say() {
      if (held.size() < HELD) {
        held.put(++said, truth.get());
        send(said, FIRST, 0);
      }
    }

    void again() {
      List.copyOf(held.keySet()).forEach(number -> send(number, AGAIN, 0));
    }

    private void send(long number, Delivery.Sending sending, int tries) {
      var at = held.get(number);
      if (at == null) {
        return;
      }
      var running = life.get();
      if (running != null) {
        laws.said(name, number, running.journal());
        var sample = Sample.of("p0", (double) number, Unit.COUNT).at(at);
        var key = isCoap() ? "%s %d".formatted(name, number) : null;
        var receipt = new Noted(number, tries, running);
        var delivery = new Delivery(name, List.of(sample), List.of(), receipt, sending, key);
        if (!running.doorway(bus).offer(delivery)) {
          receipt.refused("no room");
        } else if (planted == Planted.ACKNOWLEDGES_FIRST) {
          receipt.kept();
        }
      }
      if (isCoap()) {
        time.after(Duration.ofSeconds(2L << tries), () -> repeat(number, tries + 1));
      }
    }

    private void repeat(long number, int tries) {
      if (tries < TRIES) {
        send(number, FIRST, tries);
      } else {
        held.remove(number);
      }
    }

    private final class Noted implements Receipt {

      private final long number;
      private final int tries;
      private final Life told;

      Noted(long number, int tries, Life told) {
        this.number = number;
        this.tries = tries;
        this.told = told;
      }

      @Override
      public void kept() {
        laws.acknowledged(name, number, told.journal());
        held.remove(number);
      }

      @Override
      public void refused(String reason) {
        if (!isCoap()) {
          time.after(Duration.ofSeconds(5), () -> send(number, FIRST, tries));
        }
      }
    }
  }
}
