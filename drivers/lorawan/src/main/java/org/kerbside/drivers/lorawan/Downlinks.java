package org.kerbside.drivers.lorawan;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.lorawan.Event.Hearing;
import org.kerbside.drivers.lorawan.LorawanProfile.Listening;
import org.kerbside.gateway.model.Value;

/**
 * What one device is still to be told. An order waits here and not in the server's queue, where
 * nobody can take it back: the newest of an output replaces the one before. A class A device is
 * told in answer to its uplink. One telegram is under way at a time, confirmed; what the device did
 * not hear is sent again. Thread-safe.
 */
final class Downlinks {

  /** The server's door. */
  interface Door {
    void send(String id, Telegram telegram) throws Unavailable;
  }

  /** Telegrams for one order; then it is told and given up. */
  static final int MOST_TRIES = 3;

  /** At the slowest data rate of EU868 and CN470. */
  static final int LONGEST = 51;

  /** Uplinks after which an answer is not to be had any more. */
  private static final int UPLINKS = 3;

  /** Likewise for a device that always listens. */
  private static final Duration ANSWER = Duration.ofSeconds(90);

  private final LorawanProfile profile;
  private final Duration expiry;
  private final Supplier<String> ids;

  private final SequencedMap<Channel, Order> waiting = new LinkedHashMap<>();
  private @Nullable Flight flight;

  /** What an output is to be. */
  private record Order(Channel output, Value value, Telegram telegram, Duration since, int tries) {
    Order again() {
      return new Order(output, value, telegram, since, tries + 1);
    }
  }

  /** A telegram that is with the server. */
  private record Flight(String id, List<Order> orders, Duration since, int uplinks) {
    Flight older() {
      return new Flight(id, orders, since, uplinks + 1);
    }
  }

  /**
   * Nothing waits.
   *
   * @param expiry an order that could not be told for so long is given up
   * @param ids a new one for each telegram: UUIDs
   */
  Downlinks(LorawanProfile profile, Duration expiry, Supplier<String> ids) {
    this.profile = profile;
    this.expiry = expiry;
    this.ids = ids;
  }

  /**
   * Takes an order. One that is under way already is not sent twice.
   *
   * @param now since boot
   */
  synchronized List<String> order(
      Channel output, Value value, Telegram telegram, Duration now, Door door) throws Unavailable {
    if (isUnderWay(output, value)) {
      waiting.remove(output);
      return List.of();
    }
    waiting.remove(output); // the newest goes last
    waiting.put(output, new Order(output, value, telegram, now, 0));
    if (profile.listening() == Listening.AFTER_UPLINK) {
      return List.of();
    }
    var told = givenUp(now);
    try {
      next(now, door);
      return told;
    } catch (Unavailable away) {
      waiting.remove(output); // whoever ordered it tries again
      throw away;
    }
  }

  private boolean isUnderWay(Channel output, Value value) {
    return flight != null
        && flight.orders().stream()
            .anyMatch(order -> order.output().equals(output) && order.value().equals(value));
  }

  /** An uplink came: the device listens. Tells what became of orders that went wrong. */
  synchronized List<String> uplink(Duration now, Door door) {
    if (flight != null) {
      flight = flight.older();
    }
    return whileItListens(now, door);
  }

  /** Whether the device heard the telegram of that id. */
  synchronized List<String> answered(
      @Nullable String id, Hearing hearing, Duration now, Door door) {
    if (flight == null || !flight.id().equals(id)) {
      return List.of();
    }
    var told = new ArrayList<String>();
    if (hearing == Hearing.NOT_HEARD) {
      repeat(told, "did not hear it");
    }
    flight = null;
    told.addAll(whileItListens(now, door));
    return told;
  }

  /** The server will not send what is under way. */
  synchronized List<String> refused(String why) {
    var told = new ArrayList<String>();
    if (flight != null) {
      repeat(told, "was not sent it: " + why);
      flight = null;
    }
    return told;
  }

  /** A new session: the server's queue is empty now. */
  synchronized void restart() {
    if (flight != null) {
      flight.orders().forEach(order -> waiting.putIfAbsent(order.output(), order));
      flight = null;
    }
  }

  /** Nobody will be here to answer an uplink: the server's queue has to. */
  synchronized void handOver(Duration now, Door door) {
    flight = null;
    givenUp(now); // and nobody to be told
    try {
      while (!waiting.isEmpty()) {
        next(now, door);
        flight = null;
      }
    } catch (Unavailable away) {
      waiting.clear();
    }
  }

  private List<String> whileItListens(Duration now, Door door) {
    var told = givenUp(now);
    try {
      next(now, door);
    } catch (Unavailable away) {
      told.add(away.getMessage());
    }
    return told;
  }

  private List<String> givenUp(Duration now) {
    var told = new ArrayList<String>();
    giveUpOnSilence(now, told);
    expire(now, told);
    return told;
  }

  private void next(Duration now, Door door) throws Unavailable {
    if (flight == null && !waiting.isEmpty()) {
      send(fitting(), now, door);
    }
  }

  private void giveUpOnSilence(Duration now, List<String> told) {
    if (flight == null) {
      return;
    }
    boolean isOver =
        switch (profile.listening()) {
          case AFTER_UPLINK -> flight.uplinks() >= UPLINKS;
          case ALWAYS -> now.minus(flight.since()).compareTo(ANSWER) > 0;
        };
    if (isOver) {
      repeat(told, "gave no answer");
      flight = null;
    }
  }

  private void expire(Duration now, List<String> told) {
    waiting
        .values()
        .removeIf(
            order -> {
              boolean isOld = now.minus(order.since()).compareTo(expiry) > 0;
              if (isOld) {
                told.add("%s: given up after %s".formatted(order.output(), written(expiry)));
              }
              return isOld;
            });
  }

  /** As many orders as one telegram holds, the oldest first. */
  private List<Order> fitting() {
    var fitting = new ArrayList<Order>();
    int length = 0;
    for (var order : waiting.values()) {
      length += order.telegram().length();
      if (!fitting.isEmpty() && (length > LONGEST || !profile.format().isChained())) {
        break;
      }
      fitting.add(order);
    }
    return fitting;
  }

  private void send(List<Order> orders, Duration now, Door door) throws Unavailable {
    var telegram = new ByteArrayOutputStream();
    orders.forEach(order -> telegram.writeBytes(order.telegram().bytes()));
    String id = ids.get();
    door.send(id, new Telegram(telegram.toByteArray()));
    orders.forEach(order -> waiting.remove(order.output()));
    flight = new Flight(id, orders, now, 0);
  }

  /** What was under way waits again, unless something newer does. */
  private void repeat(List<String> told, String why) {
    for (var order : flight == null ? List.<Order>of() : flight.orders()) {
      if (waiting.containsKey(order.output())) {
        continue;
      }
      if (order.tries() + 1 < MOST_TRIES) {
        waiting.put(order.output(), order.again());
      } else {
        told.add(
            "%s: the device %s, %d times; given up".formatted(order.output(), why, MOST_TRIES));
      }
    }
  }

  private static String written(Duration span) {
    return span.toHours() > 0 ? span.toHours() + " h" : span.toMinutes() + " min";
  }
}
