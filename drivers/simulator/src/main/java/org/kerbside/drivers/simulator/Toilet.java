package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * The block itself: a counter at its door, a water meter, the coldest pipe, a cord, and what it
 * switches. Who leaves a stall flushes.
 */
final class Toilet implements Body {

  private static final Duration HEARTBEAT = Duration.ofMinutes(5);
  private static final Duration FLUSHES = Duration.ofSeconds(40);
  private static final double FLUSH = 0.15e-3; // m3/s: six litres
  private static final double LEAK = 0.03e-3; // m3/s
  private static final double HEATED = 8; // Cel, the room in winter
  private static final double TRACING = 8; // K that the heat tracing warms the pipe by

  private final List<Stall> stalls;
  private final Pace pace;
  private final Outputs outputs = new Outputs();
  private double flow;
  private double water;
  private boolean isCalling;
  private Told told = new Told(false, false);

  /** What makes it speak before its time. */
  private record Told(boolean isFlowing, boolean isCalling) {}

  /** What it switches; as wired when nobody has ordered anything. */
  private static final class Outputs {
    private boolean isHeating;
    private boolean isFanning;
    private boolean isSigning = true;
    private boolean isMoved;
  }

  Toilet(long seed, String asset, List<Stall> stalls) {
    this.stalls = List.copyOf(stalls);
    this.pace = new Pace(Chance.of(seed, asset, "pace"), 0.2);
  }

  boolean isFanning() {
    return outputs.isFanning;
  }

  @Override
  public void move(String quantity, Value value) {
    if (value instanceof Value.Flag(var on)) {
      switch (quantity) {
        case "heat" -> outputs.isHeating = on;
        case "fan" -> outputs.isFanning = on;
        default -> outputs.isSigning = on;
      }
      outputs.isMoved = true;
    }
  }

  @Override
  public void live(Scene scene, Set<Fault> faults) {
    flow = faults.contains(Fault.LEAK) ? LEAK : 0;
    for (var stall : stalls) {
      if (stall.hasLeftWithin(scene.now(), FLUSHES)) {
        flow += FLUSH;
      }
    }
    water += flow * scene.seconds();
    isCalling = faults.contains(Fault.SOS);
  }

  @Override
  public List<Sample> say(Scene scene) {
    var news = new Told(flow > 0, isCalling);
    if (news.equals(told) && !outputs.isMoved && !pace.isDue(scene.now(), HEARTBEAT)) {
      return List.of();
    }
    pace.spoken(scene.now());
    told = news;
    outputs.isMoved = false;
    long visits = 0;
    for (var stall : stalls) {
      visits += stall.uses();
    }
    return List.of(
        Sample.of("visits", (double) visits, Unit.COUNT),
        Sample.of("sos", isCalling),
        Sample.of("flow", Rounded.to(1e7, flow), Unit.FLOW),
        Sample.of("water", Rounded.to(10_000, water), Unit.CUBIC_METRE),
        Sample.of("pipe", Rounded.to(10, pipe(scene)), Unit.CELSIUS),
        Sample.of("heat", outputs.isHeating),
        Sample.of("fan", outputs.isFanning),
        Sample.of("sign", outputs.isSigning));
  }

  private double pipe(Scene scene) {
    double outside = scene.weather().temperature();
    double room = Math.max(HEATED, 14 + 0.6 * (outside - 14));
    double pipe = room + Math.min(0, 0.25 * (outside - 5));
    return outputs.isHeating ? pipe + TRACING : pipe;
  }
}
