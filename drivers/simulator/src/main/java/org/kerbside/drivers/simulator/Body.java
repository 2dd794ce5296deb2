package org.kerbside.drivers.simulator;

import java.util.List;
import java.util.Set;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Value;

/** One asset of the street with its device. Its memory belongs to the world that steps it. */
sealed interface Body
    permits Air, Bin, Box, Dust, Feeder, Lamp, Manhole, Master, Sky, Stall, Toilet, Zone {

  /** Lets the scene's seconds pass. */
  void live(Scene scene, Set<Fault> faults);

  /** What its device says now; empty when it has nothing to say. */
  List<Sample> say(Scene scene);

  /** Moves an output that {@link Orders} allows. */
  default void move(String quantity, Value value) {
    throw new IllegalStateException("no output '%s' here".formatted(quantity));
  }
}
