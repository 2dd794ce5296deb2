package org.kerbside.drivers.simulator;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Value;

/** Which outputs the street has. */
final class Orders {

  private static final Map<String, List<String>> OUTPUTS =
      Map.of(
          "lamp", List.of("on", "dim"),
          "feeder", List.of("contactor"),
          "zone", List.of("valve"),
          "master", List.of("valve"),
          "toilet", List.of("fan", "heat", "sign"),
          "dust", List.of("spray"));

  private Orders() {}

  static boolean has(String kind, String quantity) {
    return OUTPUTS.getOrDefault(kind, List.of()).contains(quantity);
  }

  /** Why an asset of that kind will not do it; null when it will. */
  static @Nullable String problem(String kind, String quantity, Value value) {
    var outputs = OUTPUTS.getOrDefault(kind, List.of());
    if (!outputs.contains(quantity)) {
      return outputs.isEmpty()
          ? "a %s has no outputs".formatted(kind)
          : "no output '%s': expected %s".formatted(quantity, String.join(" or ", outputs));
    }
    return switch (value) {
      case Value.Flag flag -> isSwitch(quantity) ? null : wrong(quantity, value);
      case Value.Num(var number) ->
          !isSwitch(quantity) && number >= 0 && number <= 1 ? null : wrong(quantity, value);
      case Value.State state -> wrong(quantity, value);
    };
  }

  private static boolean isSwitch(String quantity) {
    return !quantity.equals("dim") && !quantity.equals("valve");
  }

  private static String wrong(String quantity, Value value) {
    return "'%s' cannot be %s: expected %s"
        .formatted(quantity, value, isSwitch(quantity) ? "true or false" : "a number from 0 to 1");
  }
}
