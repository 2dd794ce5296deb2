package org.kerbside.gateway.desk;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Value;

/**
 * Tells once that an interlock keeps an output from what somebody wants, and once that it does so
 * no more. Belongs to control's thread.
 */
final class Telling {

  /** A wish that comes and goes is told so often at most. */
  static final Duration PACE = Duration.ofMinutes(10);

  private @Nullable String name; // of the interlock that was told and not taken back
  private final Map<String, Moment> last = new HashMap<>(); // by interlock: there are a few

  void tell(Output output, Moment now, Ruling ruling) {
    var held = output.held();
    if (held == null) {
      free(output, now, ruling);
    } else if (!held.name().equals(name) && isTime(held.name(), now)) {
      name = held.name();
      last.put(held.name(), now);
      var wanted = "%s wants %s".formatted(held.from().by(), written(held.from().value()));
      ruling.tell(
          new Event.Health(
              now,
              "interlock",
              output.point().toString(),
              List.of(held.name(), held.why(), wanted)));
    }
  }

  private boolean isTime(String next, Moment now) {
    var before = last.get(next);
    return before == null || now.since(before).compareTo(PACE) >= 0;
  }

  private void free(Output output, Moment now, Ruling ruling) {
    if (name != null) {
      ruling.tell(
          new Event.Health(now, "interlock-over", output.point().toString(), List.of(name)));
      name = null;
    }
  }

  static String written(@Nullable Value value) {
    return switch (value) {
      case null -> "nothing";
      case Value.Num(var number) -> Double.toString(number);
      case Value.Flag(var flag) -> Boolean.toString(flag);
      case Value.State(var word) -> word;
    };
  }
}
