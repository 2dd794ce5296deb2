package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
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

  private static final Value.State NO_DOUBT = new Value.State("");

  private final Value.@Nullable State[] doubts;
  private final @Nullable Value[] observed;
  private final @Nullable Value[] ordered;
  private final Standing[] standings;
  private Books books;
  private final Upkeep upkeep = new Upkeep();
  private Map<Integer, Owner> owners = Map.of(); // the same map as long as they are
  private Set<String> manual = Set.of(); // assets that people hold
  private final Map<String, Speech.State> speech = new TreeMap<>(); // of assets and buses
  private final Agenda agenda;
  private @Nullable List<Alarm> alarms; // until one changes
  private final Windows windows;
  private final long[] heard; // ns since boot; NEVER for what was not
  private final long[] told; // likewise of orders
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
    heard = new long[points];
    told = new long[points];
    Arrays.fill(heard, Window.NEVER);
    Arrays.fill(told, Window.NEVER);
    doubts = new Value.State[points];
    observed = new Value[points];
    ordered = new Value[points];
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

  @Nullable Value observed(Point point) {
    return observed[point.index()];
  }

  @Nullable Value ordered(Point point) {
    return ordered[point.index()];
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

  /** What a reading would tell, were it heard. */
  void suppose(Point point, @Nullable Value value) {
    observed[point.index()] = value;
  }

  /** What a point's quality is; null where it was never heard, or is no longer. */
  Value.@Nullable State doubt(Point point) {
    return doubts[point.index()];
  }

  /** Takes a reading's quality. Who says nothing is no doubtful one: others tell that. */
  void doubts(Reading reading) {
    doubts[reading.point().index()] =
        switch (reading.quality()) {
          case Quality.Good() -> NO_DOUBT;
          case Quality.Uncertain(var reason) -> new Value.State(reason.text());
          case Quality.Bad(var reason) ->
              reason.equals(Reason.STALE) || reason.equals(Reason.SILENT)
                  ? null
                  : new Value.State(reason.text());
        };
  }

  void observe(Point point, @Nullable Value value) {
    observed[point.index()] = value;
    hears(point, value);
    windows.observe(point, value, nanos);
  }

  void order(Point point, @Nullable Value value) {
    ordered[point.index()] = value;
    told[point.index()] = value == null ? told[point.index()] : nanos;
    windows.order(point, value, nanos);
  }

  /** A sample came, whether or not it enters a frame. */
  void hears(Point point, @Nullable Value value) {
    if (value != null) {
      heard[point.index()] = nanos;
    }
  }

  /** When it last spoke and was known, ns since boot; {@link Window#NEVER} when it never was. */
  long heard(Slot.Source source) {
    return switch (source) {
      case Slot.Observed(var point) -> heard[point.index()];
      case Slot.Commanded(var point) -> told[point.index()];
    };
  }

  /**
   * What is known of a point.
   *
   * @param heard when it last was, since boot; absent when never
   * @param told when it was last ordered, likewise
   */
  record Known(
      @Nullable Value observed,
      @Nullable Duration heard,
      @Nullable Value ordered,
      @Nullable Duration told) {}

  Known known(Point point) {
    int index = point.index();
    return new Known(observed[index], span(heard[index]), ordered[index], span(told[index]));
  }

  /** It is so, and nothing happened: no window hears of it. */
  void recall(Point point, Known known) {
    int index = point.index();
    observed[index] = known.observed();
    ordered[index] = known.ordered();
    heard[index] = nanos(known.heard());
    told[index] = nanos(known.told());
  }

  private static @Nullable Duration span(long nanos) {
    return nanos == Window.NEVER ? null : Duration.ofNanos(nanos);
  }

  private static long nanos(@Nullable Duration span) {
    return span == null ? Window.NEVER : span.toNanos();
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
