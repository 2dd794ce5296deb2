package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Mode;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Speech;
import org.kerbside.gateway.model.Value;

/**
 * What the rules remember: the values they saw, and where each stands. Changed in place by {@link
 * Engine#apply}; belongs to the thread that calls it, and nobody else looks inside.
 */
public final class Memory {

  /** What the wall clock moves against the time since boot without being set, in ms. */
  private static final long CLOCK_STEP = 1000;

  private final Points points;
  private final Standing[] standings;
  private Books books;
  private final Upkeep upkeep = new Upkeep();
  private Map<Integer, Owner> owners = Map.of(); // the same map as long as they are
  private Set<String> manual = Set.of(); // assets that people hold
  private final Map<String, Speech.State> speech = new TreeMap<>(); // of assets and buses
  private final Agenda agenda;
  private @Nullable List<Alarm> alarms; // until one changes
  private final Windows windows;
  private final Almanac almanac;
  private final CivilDay today;
  private final Deeds deeds = new Deeds();

  private long evaluations; // since the process started

  // As long as a turn lasts.
  private long nanos;
  private @Nullable Instant wall; // absent while the clock is not known
  private long set = Long.MIN_VALUE; // ms that the wall clock is ahead of the time since boot

  Memory(int points, int watches, List<Span> spans, Site site) {
    almanac = new Almanac(site);
    today = new CivilDay(LocalTime.MIDNIGHT, site.zone());
    books = new Books(List.of(), site.zone());
    windows = new Windows(spans, points, site.zone());
    this.points = new Points(points);
    standings = new Standing[watches];
    for (int i = 0; i < watches; i++) {
      standings[i] = new Standing();
    }
    agenda = new Agenda(standings);
  }

  /** The alarms that stand, in the order of the site. The same list as long as they do. */
  public List<Alarm> alarms() {
    var made = alarms == null ? standing() : alarms;
    alarms = made;
    return made;
  }

  /** Who works on an asset, until when; by the asset's id. */
  public Map<String, Act> works() {
    return upkeep.works();
  }

  /** How often a rule was asked of an asset since the process started. */
  public long evaluations() {
    return evaluations;
  }

  void evaluated() {
    evaluations++;
  }

  void alarmsChanged() {
    alarms = null;
  }

  private List<Alarm> standing() {
    var standing = new ArrayList<Alarm>();
    for (var one : standings) {
      if (one.alarm != null) {
        standing.add(one.alarm);
      }
    }
    return List.copyOf(standing);
  }

  /**
   * A turn begins: all that it asks is of this time.
   *
   * @return whether the wall clock was set since the last turn, or is known or unknown only now
   */
  boolean begin(Moment now) {
    nanos = now.sinceBoot().toNanos();
    wall = now.clock() == ClockQuality.NONE ? null : now.wall();
    long ahead = wall == null ? Long.MAX_VALUE : wall.toEpochMilli() - nanos / 1_000_000;
    boolean isSet = set == Long.MIN_VALUE || isElsewhere(ahead);
    set = isSet ? ahead : set;
    deeds.begin(nanos);
    if (isSet) {
      today.clockSet();
      windows.clockSet();
    }
    if (wall != null) {
      turnDay(wall);
      windows.clock(wall, nanos);
    }
    return isSet;
  }

  /** It ended at that time; which day it is is to be asked of the next turn. */
  void stopped(Moment last) {
    nanos = last.sinceBoot().toNanos();
    wall = last.clock() == ClockQuality.NONE ? null : last.wall();
  }

  private void turnDay(Instant time) {
    if (today.isOpenAt(time)) {
      return;
    }
    boolean isFirst = today.open() == null;
    if (today.turn(time, nanos) != null || isFirst) {
      long midnight = nanos - Duration.between(today.began(time), time).toNanos();
      windows.day(midnight, nanos);
      deeds.day(midnight);
    }
  }

  /** When the civil day is over, ns since boot; {@link Window#NEVER} while nobody knows. */
  long midnight() {
    var closing = today.closing();
    return wall == null || closing == null
        ? Window.NEVER
        : nanos + Duration.between(wall, closing).toNanos();
  }

  CivilDay today() {
    return today;
  }

  Deeds deeds() {
    return deeds;
  }

  /** People say that they did it there. */
  void did(Deed deed, Asset asset) {
    deeds.say(deed.of(asset), nanos);
    windows.did(deed, asset.id());
  }

  private boolean isElsewhere(long ahead) {
    return ahead != set
        && (ahead == Long.MAX_VALUE
            || set == Long.MAX_VALUE
            || Math.abs(ahead - set) >= CLOCK_STEP);
  }

  /** The civil time of this turn; null while the clock is not known. */
  @Nullable Instant wall() {
    return wall;
  }

  Almanac almanac() {
    return almanac;
  }

  /** The time of this turn, since boot. */
  long nanos() {
    return nanos;
  }

  /** What is known of each point. */
  Points points() {
    return points;
  }

  void observe(Point point, @Nullable Value value) {
    points.observe(point, value, nanos);
    windows.observe(point, value, nanos);
  }

  void order(Point point, @Nullable Value value) {
    points.order(point, value, nanos);
    windows.order(point, value, nanos);
  }

  /** A sample came, whether or not it enters a frame. */
  void hears(Point point, @Nullable Value value) {
    points.hears(point, value, nanos);
  }

  Windows windows() {
    return windows;
  }

  Books books() {
    return books;
  }

  void books(Books begun) {
    books = begun;
  }

  Upkeep upkeep() {
    return upkeep;
  }

  /** Who leads the asset: auto, manual, maintenance. */
  String mode(Asset asset) {
    var byHand = manual.contains(asset.id()) ? Mode.MANUAL : Mode.AUTO;
    return (upkeep.isOn(asset.id()) ? Mode.MAINTENANCE : byHand).word();
  }

  /** Whether these are the owners that it was told last. */
  @SuppressWarnings("ReferenceEquality") // That one map stays while nothing changes is its use.
  boolean isHeldBy(Map<Integer, Owner> told) {
    return owners == told;
  }

  /** Returns the assets whose mode that changes, in order. */
  Set<String> holds(Map<Integer, Owner> told, Set<String> byHand) {
    owners = told;
    var changed = new TreeSet<String>();
    manual.stream().filter(asset -> !byHand.contains(asset)).forEach(changed::add);
    byHand.stream().filter(asset -> !manual.contains(asset)).forEach(changed::add);
    manual = Set.copyOf(byHand);
    return changed;
  }

  /** Whether nothing is heard of an asset; null while nobody knows. */
  @Nullable Value silent(String asset) {
    var known = speech.get(asset);
    return known == null ? null : Value.Flag.of(known == Speech.State.SILENT);
  }

  void hear(Speech told) {
    speech.put(told.asset(), told.state());
  }

  /** By the ids of assets and buses. */
  Map<String, Speech.State> speech() {
    return speech;
  }

  Standing standing(int watch) {
    return standings[watch];
  }

  /** As {@link Agenda#await}. */
  void awaits(int watch, @Nullable Duration due) {
    agenda.await(watch, due);
  }

  /** The next watch whose time has come, or -1. */
  int due(Duration now) {
    return agenda.take(now);
  }

  /** When a rule wants to be asked again though nothing is heard, since boot. */
  public @Nullable Duration wake() {
    return Engine.earlier(agenda.next(), upkeep.wake());
  }

  /** What a reading tells the rules: nothing when it is bad, or good only by its looks. */
  static @Nullable Value told(Reading reading) {
    return switch (reading.quality()) {
      case Quality.Good() -> reading.value();
      case Quality.Uncertain(var reason) -> reason.equals(Reason.STUCK) ? null : reading.value();
      case Quality.Bad(var reason) -> null;
    };
  }
}
