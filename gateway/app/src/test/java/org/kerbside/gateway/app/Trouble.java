package org.kerbside.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.testkit.Timetable;
import org.kerbside.gateway.journal.Disk;
import org.kerbside.gateway.uplink.SimulatedBroker;
import org.kerbside.gateway.uplink.SimulatedBroker.Publication;
import org.kerbside.gateway.uplink.SimulatedBroker.Way;

/** Provokes what happens once a year a dozen times a day: link, broker, disk, clock, commands. */
final class Trouble {

  private static final Duration TEN_YEARS = Duration.ofDays(3652);
  private static final int SESSION_TAKEN_OVER = 0x8E;
  private static final int NOT_AUTHORIZED = 0x87;
  private static final int QUOTA_EXCEEDED = 0x97;
  private static final int PAYLOAD_FORMAT_INVALID = 0x99;
  private static final int NOBODY = 0x10;

  /** From the broker to the city. */
  private static final Duration PROMPT = Duration.ofMillis(5);

  /** What was refused waits so long at most, and what comes behind it. */
  private static final Duration REFUSED = Duration.ofSeconds(130);

  private final Scenario scenario;
  private final Timetable time;
  private final Random chance;
  private final SimulatedBroker broker;
  private final SimulatedBoard board;
  private final Map<String, Integer> provoked = new TreeMap<>();

  private boolean over;
  private int refusing; // what the broker answers to every frame; 0 for none
  private long picky = -1; // it never takes a frame of this seq of readings
  private Disk.@Nullable Why disk; // refuses every commit with it
  private int commands;

  /** A fault that strikes once, at a step of the next commit; absent when none waits. */
  private @Nullable Once once;

  private record Once(Disk.When when, Disk.@Nullable Why why) {}

  Trouble(
      Scenario scenario,
      Timetable time,
      Random chance,
      SimulatedBroker broker,
      SimulatedBoard board) {
    this.scenario = scenario;
    this.time = time;
    this.chance = chance;
    this.broker = broker;
    this.board = board;
  }

  /** What of it is the street's and the process's own. */
  interface Stage {
    void kill();

    void lookAtTheClock();

    void burst();

    void nonsense();

    void fieldReconnects();

    void strikeTheStreet();
  }

  void begin(Stage stage) {
    each("cut", 8, () -> broker.cut("reset", -1));
    each("dark", 3, () -> away(Way.DARK, 10, 1_200));
    each("refused", 3, () -> away(Way.REFUSED, 1, 2_400));
    each("away-for-hours", 0.5, () -> away(Way.REFUSED, 7_200, 28_800));
    each("flaps", 1, () -> flap(12));
    each("slow", 2, this::slow);
    each("broker-dies", 1, broker::die);
    each("taken-over", 1, () -> broker.cut("taken over", SESSION_TAKEN_OVER));
    each("broker-refuses", 2, () -> refuse(chance.nextBoolean() ? NOT_AUTHORIZED : QUOTA_EXCEEDED));
    each("broker-picky", 0.5, () -> picky = 0);
    if (scenario.release() == Scenario.Release.PLATFORM) {
      each("broker-forgets", 2, broker::forget);
      each("nobody-listens", 1, () -> refuse(NOBODY));
    }
    each("clock-jumps", 2, () -> jump(stage));
    each("clock-steps", 2, () -> step(stage));
    each("disk-full", 1.5, () -> disk(Disk.Why.FULL));
    each("io-error", 2, () -> once(Disk.When.WRITTEN, Disk.Why.IO_ERROR));
    each("committed-unseen", 2, () -> once(Disk.When.COMMITTED, Disk.Why.IO_ERROR));
    each("kill", 4, stage::kill);
    each("kill-in-commit", 6, () -> once(when(), null));
    each("command", 24, this::command);
    each("burst", 3, stage::burst);
    each("nonsense", 24, stage::nonsense);
    each("field-reconnects", 4, stage::fieldReconnects);
    each("device-fails", 10, stage::strikeTheStreet);
  }

  /** All is well from now on. */
  void end(Stage stage) {
    over = true;
    refusing = 0;
    picky = -1;
    disk = null;
    once = null;
    broker.way(Way.UP);
    broker.travels(scenario.latency(), PROMPT);
    board.set(Duration.ZERO, new Kernel.Synchronised(Duration.ofMillis(50)));
    stage.lookAtTheClock();
  }

  Map<String, Integer> provoked() {
    return provoked;
  }

  private void each(String kind, double aDay, Runnable strike) {
    double days = -Math.log(1 - chance.nextDouble()) / aDay;
    time.after(
        Duration.ofMillis(Math.max(1, (long) (days * 86_400_000))),
        () -> {
          if (!over) {
            provoked.merge(kind, 1, Integer::sum);
            strike.run();
            each(kind, aDay, strike);
          }
        });
  }

  private void later(int least, int most, Runnable action) {
    time.after(
        Duration.ofSeconds(least + chance.nextInt(most - least + 1)),
        () -> {
          if (!over) {
            action.run();
          }
        });
  }

  // Link and broker

  private void away(Way way, int least, int most) {
    broker.way(way);
    later(least, most, () -> broker.way(Way.UP));
  }

  private void flap(int times) {
    broker.cut("reset", -1);
    if (times > 1) {
      later(5, 40, () -> flap(times - 1));
    }
  }

  private void slow() {
    broker.travels(
        Duration.ofMillis(500 + chance.nextInt(2_500)), Duration.ofSeconds(chance.nextInt(20)));
    int lasts = 300 + chance.nextInt(1_500);
    broker.disturbed(Duration.ofSeconds(lasts));
    later(lasts, lasts, () -> broker.travels(scenario.latency(), PROMPT));
  }

  private void refuse(int code) {
    refusing = code;
    int lasts = 10 + chance.nextInt(900);
    broker.disturbed(Duration.ofSeconds(lasts).plus(REFUSED));
    later(lasts, lasts, () -> refusing = 0);
  }

  /** The reason code to a frame. */
  int answer(Publication publication) {
    if (publication.stream() == null) {
      return 0;
    }
    if (publication.topic().equals("d") && picky == 0) {
      picky = publication.seq();
    }
    if (publication.stream().word().equals("d") && picky == publication.seq()) {
      broker.disturbed(REFUSED);
      return PAYLOAD_FORMAT_INVALID;
    }
    return refusing;
  }

  // Clock

  private void jump(Stage stage) {
    set(stage, chance.nextBoolean() ? TEN_YEARS : TEN_YEARS.negated());
    later(60, 3_600, () -> set(stage, Duration.ZERO));
  }

  private void step(Stage stage) {
    set(stage, Duration.ofMillis(chance.nextInt(120_000) - 60_000));
    later(60, 3_600, () -> set(stage, Duration.ZERO));
  }

  private void set(Stage stage, Duration off) {
    board.set(off, board.kernel());
    later(0, 2, stage::lookAtTheClock);
  }

  // Disk

  private void disk(Disk.Why why) {
    disk = why;
    later(5, 1_500, () -> disk = null);
  }

  private void once(Disk.When when, Disk.@Nullable Why why) {
    once = new Once(when, why);
  }

  private Disk.When when() {
    return List.of(Disk.When.values()).get(chance.nextInt(3));
  }

  /** What the disk answers at a step of a commit; a kill comes as an error. */
  Disk.@Nullable Why atCommit(Disk.When when) {
    var struck = once;
    if (struck != null && struck.when() == when) {
      once = null;
      if (struck.why() == null) {
        throw new Killed("at " + when);
      }
      return struck.why();
    }
    return when == Disk.When.BEGUN ? disk : null;
  }

  // Commands

  private void command() {
    var id = "c-" + ++commands;
    var point = "lamp-%d/dim".formatted(1 + chance.nextInt(12));
    double value = 0.0501 + commands * 0.0007 % 0.9; // its own, and of no programme
    var now = board.truth();
    switch (chance.nextInt(6)) {
      case 0 -> send(id, point, value, now.minusSeconds(5), false);
      case 1 -> send(id, point, value, now.plusSeconds(60), true);
      case 2 -> {
        send(id, point, value, now.plusSeconds(60), false);
        send(id, point, value + 0.0003, now.plusSeconds(60), false);
      }
      default -> {
        var expires = now.plusSeconds(600);
        send(id, point, value, expires, false);
        for (int delay : List.of(1, 60, 1_800)) {
          later(0, delay, () -> send(id, point, value, expires, false));
        }
      }
    }
  }

  private void send(String id, String point, double value, Instant expires, boolean retained) {
    var text =
        ("{\"v\":1,\"id\":\"%s\",\"op\":\"set\",\"point\":\"%s\",\"value\":%s,"
                + "\"by\":\"dispatch:sim\",\"expires\":%d,\"lease\":900}")
            .formatted(id, point, value, expires.getEpochSecond());
    broker.send("c/" + id, text.getBytes(UTF_8), retained);
  }
}
