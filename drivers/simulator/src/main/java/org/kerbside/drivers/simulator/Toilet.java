package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Unit;

/** The block itself: a counter at its door. */
final class Toilet implements Body {

  private static final Duration HEARTBEAT = Duration.ofMinutes(5);

  private final List<Stall> stalls;
  private final Pace pace;

  Toilet(long seed, String asset, List<Stall> stalls) {
    this.stalls = List.copyOf(stalls);
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.2);
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {}

  @Override
  public List<Sample> say(Scene scene) {
    if (!pace.isDue(scene.now(), HEARTBEAT)) {
      return List.of();
    }
    pace.spoken(scene.now());
    long visits = 0;
    for (var stall : stalls) {
      visits += stall.uses();
    }
    return List.of(Sample.of("visits", (double) visits, Unit.COUNT));
  }
}
