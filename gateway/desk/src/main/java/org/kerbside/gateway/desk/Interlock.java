package org.kerbside.gateway.desk;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/**
 * What an output of a kind never does, whoever orders it: neither city nor crew nor rule overrides
 * it. All but the night floor keep it from being on.
 *
 * @param name as outcomes and events write it: {@code interlock:frost-lock}
 * @param only the assets that have it
 */
record Interlock(String name, String kind, String point, Only only, Bound bound) {

  /**
   * Which assets of the kind.
   *
   * @param setting absent for all of them
   */
  record Only(@Nullable String setting, String word) {

    static final Only ALL = new Only(null, "");

    boolean holds(Asset asset) {
      return setting == null
          || (asset.settings().get(setting) instanceof Value.State(var has) && has.equals(word));
    }
  }

  /** What binds it. */
  sealed interface Bound {

    /**
     * Cold, by the {@code temperature} of the weather, else of the master.
     *
     * @param limit off at this or less, Cel
     * @param again free above this, Cel
     */
    record Frost(double limit, double again) implements Bound {}

    /**
     * Wind, which comes in gusts.
     *
     * @param limit off above this, m/s
     * @param calm free when it was never above the limit for so long
     */
    record Wind(double limit, Duration calm) implements Bound {}

    /** Just started: until the thermometer has been heard, or for so long where there is none. */
    record Starting(Duration atMost) implements Bound {}

    /**
     * On for too long.
     *
     * @param setting of the asset, which says how long
     * @param fallback where it does not
     * @param rest off for so long then, so that to order it again and again is no way around
     */
    record LongestRun(String setting, Duration fallback, Duration rest) implements Bound {}

    /** Its master is held shut, or would not open. */
    record MasterOpen() implements Bound {}

    /**
     * Others of its master are open.
     *
     * @param setting of the master, which says how many may be; one where it does not
     */
    record OneAtATime(String setting) implements Bound {}
  }

  private static final Bound FROST = new Bound.Frost(2, 3);
  private static final Bound WIND = new Bound.Wind(5, Duration.ofMinutes(10));
  private static final Bound STARTING = new Bound.Starting(Duration.ofSeconds(30));
  private static final Only SPRINKLERS = new Only("method", "sprinkler");

  /** In the order in which they are named when several hold. */
  static final List<Interlock> TABLE =
      List.of(
          new Interlock("frost-lock", "zone", "valve", Only.ALL, FROST),
          new Interlock("frost-lock", "dust", "spray", Only.ALL, FROST),
          new Interlock("wind-lock", "zone", "valve", SPRINKLERS, WIND),
          new Interlock("wind-lock", "dust", "spray", Only.ALL, WIND),
          new Interlock("starting", "zone", "valve", Only.ALL, STARTING),
          new Interlock("starting", "dust", "spray", Only.ALL, STARTING),
          new Interlock(
              "max-run",
              "zone",
              "valve",
              Only.ALL,
              new Bound.LongestRun("max-run", Duration.ofMinutes(40), Duration.ofMinutes(10))),
          new Interlock("master-shut", "zone", "valve", Only.ALL, new Bound.MasterOpen()),
          new Interlock("one-zone", "zone", "valve", Only.ALL, new Bound.OneAtATime("at-once")));

  boolean isOn(Asset asset, Point output) {
    return kind.equals(asset.kind().name()) && point.equals(output.name()) && only.holds(asset);
  }
}
