package org.kerbside.gateway.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The gateway itself, for the rooms that show it. Thread-safe. */
public interface Machine {

  /** A room without one. */
  Machine NONE =
      new Machine() {
        @Override
        public Facts facts() {
          return new Facts("", 1, 0, 0, null, List.of(), List.of());
        }

        @Override
        public List<Fitting> fittings(String asset) {
          return List.of();
        }
      };

  /** What it says of itself now. */
  Facts facts();

  /** The devices that speak for an asset. */
  List<Fitting> fittings(String asset);

  /**
   * A device in its place.
   *
   * @param profile what reads it; absent where the driver knows it by itself
   * @param at its address: {@code rs485-a/32}
   * @param learned when it was calibrated or bound last; absent when it never was
   * @param by who did that; empty when nobody
   */
  record Fitting(@Nullable String profile, String at, @Nullable Instant learned, String by) {}

  /**
   * What it is and how full it is.
   *
   * @param software its version
   * @param revision of the configuration that runs
   * @param journal bytes of the journal's file
   * @param quota bytes that it may have
   * @param perDay bytes written to the card a day; absent until a day is over
   */
  record Facts(
      String software,
      long revision,
      long journal,
      long quota,
      @Nullable Long perDay,
      List<Bus> buses,
      List<Sink> sinks) {

    public Facts {
      buses = List.copyOf(buses);
      sinks = List.copyOf(sinks);
    }
  }

  /**
   * A bus.
   *
   * @param devices how many the site has on it
   * @param silent how many of them do not answer
   */
  record Bus(String name, String driver, int devices, int silent) {}

  /**
   * An integration.
   *
   * @param lost events that it never took
   * @param trouble what went wrong last, for people; absent while nothing does
   */
  record Sink(String name, long sent, long lost, @Nullable String trouble) {}
}
