package org.kerbside.rules;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Order;

/** What the rules order in one turn: with an alarm, for a while, or because nothing is known. */
final class Doings {

  private final Moment now;
  private final List<Order> orders;
  private final List<Event> events;

  Doings(Moment now, List<Order> orders, List<Event> events) {
    this.now = now;
    this.orders = orders;
    this.events = events;
  }

  void raised(Watch watch, Standing standing) {
    for (int i = 0; i < watch.orders().size(); i++) {
      var wanted = watch.orders().get(i);
      orders.add(wanted.order());
      if (wanted.lasting() != null) {
        standing.ends[i] = now.sinceBoot().plus(wanted.lasting());
      }
    }
  }

  /** What is ordered for a while goes on for that while. */
  void cleared(Watch watch, Standing standing) {
    for (int i = 0; i < watch.orders().size(); i++) {
      if (watch.orders().get(i).lasting() == null) {
        orders.add(watch.orders().get(i).release());
      }
    }
  }

  void timePasses(Watch watch, Standing standing) {
    for (int i = 0; i < standing.ends.length; i++) {
      var end = standing.ends[i];
      if (end != null && end.compareTo(now.sinceBoot()) <= 0) {
        standing.ends[i] = null;
        orders.add(watch.orders().get(i).release());
      }
    }
  }

  /** What a safety rule orders while nobody knows better; its alarm, where it stands, knows. */
  void feel(Watch watch, Standing standing, Duration elapsed) {
    if (watch.blindly().isEmpty()) {
      return;
    }
    boolean wasBlind = standing.blind.isUp();
    var isUnknown = Truth.of(standing.when == Truth.UNKNOWN && !standing.phase.isUp());
    standing.blind = watch.blindness().next(standing.blind, isUnknown, isUnknown.not(), elapsed);
    boolean isBlind = standing.blind.isUp();
    if (isBlind && !wasBlind) {
      watch.blindly().forEach(wanted -> orders.add(wanted.order()));
      events.add(new Event.Health(now, "rule-blind", watch.id(), List.of(told(watch))));
    } else if (wasBlind && !isBlind) {
      watch.blindly().forEach(wanted -> orders.add(wanted.release()));
    }
  }

  private static String told(Watch watch) {
    return "its condition is unknown for %d s: it orders what is safe"
        .formatted(watch.hold().needed().toSeconds());
  }

  /** What is ordered now; after a restart nobody else knows of it. */
  static List<Order> standing(Watch watch, Standing standing) {
    boolean isActive = standing.alarm != null && standing.alarm.isActive();
    var orders = new ArrayList<Order>();
    for (int i = 0; i < watch.orders().size(); i++) {
      var wanted = watch.orders().get(i);
      if (wanted.lasting() == null ? isActive : standing.ends[i] != null) {
        orders.add(wanted.order());
      }
    }
    if (standing.blind.isUp()) {
      watch.blindly().forEach(wanted -> orders.add(wanted.order()));
    }
    return orders;
  }

  /** When the next order ends by itself. */
  static @Nullable Duration wake(Standing standing) {
    Duration next = null;
    for (var end : standing.ends) {
      next = Engine.earlier(next, end);
    }
    return next;
  }
}
