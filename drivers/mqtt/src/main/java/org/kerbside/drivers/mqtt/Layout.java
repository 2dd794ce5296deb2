package org.kerbside.drivers.mqtt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What stands in a payload. */
sealed interface Layout {

  /** One SenML pack. */
  record Senml() implements Layout {}

  /**
   * Values in a JSON object.
   *
   * @param time where the source's own time stands; absent where it tells none
   */
  record Json(List<Pick> picks, @Nullable Pointer time, Dating dating) implements Layout {
    public Json {
      picks = List.copyOf(picks);
    }
  }

  /** One bare number or word. */
  record Plain(Pick pick) implements Layout {}
}
