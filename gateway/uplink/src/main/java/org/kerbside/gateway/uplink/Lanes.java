package org.kerbside.gateway.uplink;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides what goes next, and how much may be under way. Nothing but arithmetic: no clock, no
 * socket. Confined to the uplink's thread.
 *
 * <p>Events overtake readings and always find a free place. Backlog has at most half of what events
 * leave, and few enough bytes that an alarm behind them is through a slow modem in a second.
 */
final class Lanes {

  /** A window of ours beyond which waiting costs memory and gains nothing. */
  static final int WIDEST = 32;

  /** 64 KiB take half a second at 1 Mbit/s. */
  static final long BACKLOG_BYTES = 64 * 1024;

  static final long LIVE_BYTES = 256 * 1024;

  private static final int ASSETS_AT_ONCE = 2;

  private final int window;
  private final Map<Lane, UnderWay> underWay = new EnumMap<>(Lane.class);

  /**
   * @param receiveMaximum how many unacknowledged messages the broker takes
   */
  Lanes(int receiveMaximum) {
    window = Math.clamp(receiveMaximum, 1, WIDEST);
    for (var lane : Lane.values()) {
      underWay.put(lane, new UnderWay());
    }
  }

  /** The lane that may send now, or null when none may. */
  @Nullable Lane next(Predicate<Lane> hasWork) {
    if (inFlight() >= window) {
      return null;
    }
    for (var urgent : new Lane[] {Lane.NOTICES, Lane.EVENTS}) {
      if (hasWork.test(urgent)) {
        return urgent;
      }
    }
    if (inFlight() >= window - keptFree()) {
      return null;
    }
    if (inFlight(Lane.ASSETS) < ASSETS_AT_ONCE && hasWork.test(Lane.ASSETS)) {
      return Lane.ASSETS;
    }
    return nextReadings(hasWork);
  }

  void sent(Lane lane, int size) {
    of(lane).messages++;
    of(lane).bytes += size;
  }

  void answered(Lane lane, int size) {
    of(lane).messages--;
    of(lane).bytes -= size;
  }

  int inFlight() {
    int sum = 0;
    for (var lane : underWay.values()) {
      sum += lane.messages;
    }
    return sum;
  }

  int inFlight(Lane lane) {
    return of(lane).messages;
  }

  private @Nullable Lane nextReadings(Predicate<Lane> hasWork) {
    boolean live = fits(Lane.LIVE, LIVE_BYTES) && hasWork.test(Lane.LIVE);
    boolean backlog =
        inFlight(Lane.BACKLOG) < backlogShare()
            && fits(Lane.BACKLOG, BACKLOG_BYTES)
            && hasWork.test(Lane.BACKLOG);
    if (live && backlog) {
      return inFlight(Lane.LIVE) <= inFlight(Lane.BACKLOG) ? Lane.LIVE : Lane.BACKLOG;
    }
    if (live) {
      return Lane.LIVE;
    }
    return backlog ? Lane.BACKLOG : null;
  }

  private int backlogShare() {
    return Math.max(1, (window - inFlight(Lane.EVENTS)) / 2);
  }

  /** One is always allowed, however large. */
  private boolean fits(Lane lane, long most) {
    return of(lane).bytes < most;
  }

  private UnderWay of(Lane lane) {
    return Objects.requireNonNull(underWay.get(lane));
  }

  private int keptFree() {
    return window >= 8 ? 2 : window > 1 ? 1 : 0;
  }

  /** Sent and not answered. */
  private static final class UnderWay {
    int messages;
    long bytes;
  }
}
