package org.kerbside.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.config.Mistakes;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Point;

/**
 * What every output of the site does when nobody orders otherwise. Pure and immutable: what it says
 * follows from the moment alone.
 */
public final class Programmes {

  // A clock that is set notices it by then.
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

  private final List<Programme> programmes;

  Programmes(List<Programme> programmes) {
    this.programmes = List.copyOf(programmes);
  }

  static Programmes of(SiteConfig site, Mistakes mistakes) {
    var reader = new ProgrammeReader(site, mistakes);
    var programmes = new ArrayList<Programme>();
    for (var section : Packs.sections("programme", mistakes)) {
      var programme = reader.read(section);
      if (programme != null) {
        programmes.add(programme);
      }
    }
    return new Programmes(programmes);
  }

  /** The least light that a programme ever gives, by the lamp's output; a ratio from 0 to 1. */
  public Map<Point, Double> floors() {
    var floors = new HashMap<Point, Double>();
    for (var programme : programmes) {
      if (programme instanceof Lighting lighting && lighting.floor() != null) {
        lighting.outputs().forEach(output -> floors.put(output, lighting.floor()));
      }
    }
    return floors;
  }

  public Plan decide(Moment now) {
    var orders = new ArrayList<Order>();
    var wait = LONGEST_WAIT;
    for (var programme : programmes) {
      if (now.clock() == ClockQuality.NONE) {
        programme.decideWithoutClock(orders::add);
        continue;
      }
      Instant next = programme.decide(now.wall(), orders::add);
      var left = next == null ? wait : Duration.between(now.wall(), next);
      wait = left.compareTo(wait) < 0 ? left : wait;
    }
    return new Plan(orders, now.sinceBoot().plus(wait));
  }
}
