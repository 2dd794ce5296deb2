package org.kerbside.gateway.assets;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * Pings → distance: the percentile of so many, as sound travels at this temperature. Fewer than
 * five usable are no echo.
 *
 * @param air null where the device corrects for the temperature itself
 */
record Echo(Point distance, Beam beam, @Nullable Air air) implements Step<Echo.Pings> {

  private static final int LEAST = 5; // usable pings
  private static final double PARTS = 1000; // of a metre: no sensor is finer

  /**
   * How a sensor listens.
   *
   * @param pings that make one distance; 1 where the device has filtered already
   * @param percentile of them; a low one favours the nearest object
   * @param spread between the 10th and the 90th percentile, m: more is doubted
   * @param blind what is not farther is told as this or less, m
   */
  record Beam(int pings, double percentile, double spread, double blind) {

    static Beam of(Asset bin) {
      return new Beam(
          (int) bin.setting("pings", 1),
          bin.setting("percentile", .5),
          bin.setting("spread", .06),
          bin.setting("blind", .03));
    }
  }

  /** Where the temperature of the sound's way is read. */
  record Air(@Nullable Point own, Sky sky) {}

  /**
   * The pings so far.
   *
   * @param heard all of them, usable or not
   */
  record Pings(int heard, List<Double> usable) implements Step.Memo {

    static final Pings NONE = new Pings(0, List.of());

    Pings {
      usable = List.copyOf(usable);
    }

    Pings and(Reading ping) {
      var more = new ArrayList<>(usable);
      if (ping.value() instanceof Value.Num(var metres)) {
        more.add(metres);
      }
      return new Pings(heard + 1, more);
    }

    @Override
    public void note(Notes notes) {} // A restart begins a new series.
  }

  static @Nullable Echo of(Asset bin, Sky sky) {
    var distance = bin.point("distance");
    boolean compensated =
        bin.settings().get("compensated") instanceof Value.State(var word) && word.equals("true");
    return distance == null
        ? null
        : new Echo(
            distance, Beam.of(bin), compensated ? null : new Air(bin.point("temperature"), sky));
  }

  @Override
  public Point thing() {
    return distance;
  }

  @Override
  public Pings start() {
    return Pings.NONE;
  }

  @Override
  public Pings recall(Notes notes) {
    return Pings.NONE;
  }

  @Override
  public Pings follow(Pings before, @Nullable Reading ping, Turn turn) {
    if (ping == null) {
      return before;
    }
    if (beam.pings() <= 1) {
      turn.pass(ping.value() instanceof Value.Num(var metres) ? heard(metres, ping, turn) : ping);
      return Pings.NONE;
    }
    var pings = before.and(ping);
    if (pings.heard() < beam.pings()) {
      return pings;
    }
    turn.pass(series(pings.usable(), ping, turn));
    return Pings.NONE;
  }

  private Reading series(List<Double> usable, Reading last, Turn turn) {
    if (usable.size() < Math.min(LEAST, beam.pings())) {
      return Reading.bad(distance, Reason.NO_ECHO, last.at(), last.timing());
    }
    var sorted = new ArrayList<>(usable);
    Collections.sort(sorted);
    double metres = percentile(sorted, beam.percentile());
    var reading = Reading.good(distance, new Value.Num(metres), last.at(), last.timing());
    double spread = percentile(sorted, .9) - percentile(sorted, .1);
    return heard(metres, spread > beam.spread() ? reading.doubted(Reason.SPREAD) : reading, turn);
  }

  /** Between the two nearest in rank. */
  static double percentile(List<Double> sorted, double share) {
    double rank = share * (sorted.size() - 1);
    int below = (int) Math.floor(rank);
    int above = (int) Math.ceil(rank);
    return sorted.get(below) + (rank - below) * (sorted.get(above) - sorted.get(below));
  }

  private Reading heard(double metres, Reading ping, Turn turn) {
    var doubted = metres <= beam.blind() ? ping.doubted(Reason.BLIND_ZONE) : ping;
    if (air == null) {
      return as(metres, doubted);
    }
    double celsius = air.sky().temperature(air.own(), turn);
    return Double.isNaN(celsius)
        ? as(metres, doubted).doubted(Reason.ONE_INPUT)
        : as(metres * slowness(celsius), doubted);
  }

  private static Reading as(double metres, Reading ping) {
    Quality quality = ping.quality();
    double rounded = Math.rint(metres * PARTS) / PARTS;
    return new Reading(ping.point(), new Value.Num(rounded), quality, ping.at(), ping.timing());
  }

  /**
   * c(T)/c(20 °C) with c = 331.3·√(1 + T/273.15) m/s: sensors reckon with 20 °C.
   *
   * @param celsius of the air
   */
  static double slowness(double celsius) {
    return Math.sqrt((1 + celsius / 273.15) / (1 + 20 / 273.15));
  }
}
