package org.kerbside.gateway.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;

/** A gateway's lock by hand: its keys, its clock, its button, and what it tells. Thread-safe. */
final class Cabinet implements Clock {

  static final byte[] SEED = new byte[32];
  static final Instant NOON = Instant.parse("2026-10-01T06:32:05Z"); // in Chengdu: 14:32, day 20727

  private final Visitors visitors = new Visitors(new SplittableRandom(7));
  private final List<Event.Audit> told = new ArrayList<>();
  private Duration up = Duration.ofHours(30);
  private ClockQuality quality = ClockQuality.SYNC;
  private CabinetButton.Press pressed = CabinetButton.Press.NOT_FITTED;

  Access access() {
    return new Access(
        Map.of(
            Role.CREW, key(Role.CREW),
            Role.INSTALLER, key(Role.INSTALLER),
            Role.ENGINEER, key(Role.ENGINEER)),
        this,
        NOON,
        visitors,
        this::press,
        this::tell);
  }

  static String code(Role role, String worker, long day) {
    return key(role).code(worker, day);
  }

  /** Today's, at noon. */
  static String code(Role role, String worker) {
    return code(role, worker, 20727);
  }

  private static RoleKey key(Role role) {
    return RoleKey.of(SEED, "CD-QY-0173", role);
  }

  synchronized void passes(Duration time) {
    up = up.plus(time);
  }

  synchronized void is(ClockQuality known) {
    quality = known;
  }

  /** From now on it has one. */
  synchronized void button(CabinetButton.Press press) {
    pressed = press;
  }

  /** What it told, each as one line. */
  synchronized List<String> told() {
    return told.stream()
        .map(one -> one.what() + (one.act() == null ? "" : " " + one.act().by()))
        .toList();
  }

  private synchronized CabinetButton.Press press() {
    return pressed;
  }

  private synchronized void tell(Event.Audit audit) {
    told.add(audit);
  }

  @Override
  public synchronized Moment now() {
    return new Moment(NOON.plus(up).minus(Duration.ofHours(30)), quality, up);
  }

  @Override
  public synchronized long nanos() {
    return up.toNanos();
  }

  @Override
  public Duration real(Duration site) {
    return site;
  }
}
