package org.kerbside.deploy.demo.peers;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Value;

/**
 * What an asset of the street measures now.
 *
 * @param numbers by quantity, in the units of the samples; a flag is 0 or 1
 */
record Said(List<Sample> samples, Map<String, Double> numbers) {

  Said {
    samples = List.copyOf(samples);
    numbers = Map.copyOf(numbers);
  }

  static Said of(List<Sample> samples) {
    var numbers = new HashMap<String, Double>();
    for (var sample : samples) {
      switch (sample.value()) {
        case Value.Num(var number) -> numbers.put(sample.quantity(), number);
        case Value.Flag(var flag) -> numbers.put(sample.quantity(), flag ? 1.0 : 0);
        case Value.State state -> {}
        case null -> {}
      }
    }
    return new Said(samples, numbers);
  }

  /** With another number: an output that was moved shows at once. */
  Said with(String quantity, double number) {
    var changed = new HashMap<>(numbers);
    changed.put(quantity, number);
    return new Said(samples, changed);
  }

  /** The first of these that is there; no number where none is. */
  double number(String... quantities) {
    for (var quantity : quantities) {
      var number = numbers.get(quantity);
      if (number != null) {
        return number;
      }
    }
    return Double.NaN;
  }

  /** Whether a state is that word. */
  boolean is(String quantity, String word) {
    return samples.stream()
        .anyMatch(
            sample ->
                sample.quantity().equals(quantity)
                    && sample.value() instanceof Value.State(var state)
                    && state.equals(word));
  }

  double volts() {
    return number("voltage", "voltageA");
  }

  /** Of all phases together. */
  double amperes() {
    return numbers.containsKey("current")
        ? number("current")
        : number("currentA") + number("currentB") + number("currentC");
  }

  /** Between what is drawn and what only goes to and fro; 1 where nothing flows. */
  double factor() {
    double apparent = volts() * amperes();
    return apparent > 0 ? Math.min(1, number("power") / apparent) : 1;
  }
}
