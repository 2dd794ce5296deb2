package org.kerbside.drivers.picks;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values in a JSON object.
 *
 * @param time where the source's own time stands; absent where it tells none
 */
public record JsonLayout(List<Pick> picks, @Nullable Pointer time, Dating dating) {
  public JsonLayout {
    picks = List.copyOf(picks);
  }
}
