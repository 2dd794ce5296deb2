package org.kerbside.drivers.modbus;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Reason;

/** What one poll brought: an answer, of whatever kind, to each read. */
record Image(List<Told> told) {

  /** One read and what became of it. */
  record Told(Request.Read read, Answer answer) {}

  Image {
    told = List.copyOf(told);
  }

  /** Null where no block holds it. */
  @Nullable Long bits(Slot.Place place) {
    for (var one : told) {
      if (place.isIn(one.read()) && one.answer() instanceof Answer.Said(var block)) {
        return place.bits(block);
      }
    }
    return null;
  }

  /** Why no block holds it. */
  Reason missing(Slot.Place place) {
    for (var one : told) {
      if (place.isIn(one.read())) {
        return switch (one.answer()) {
          case Answer.Refusal refusal -> Reason.DEVICE_EXCEPTION;
          case Answer.Nothing(var reason) -> reason;
          case Answer.Said said -> Reason.OUT_OF_RANGE;
          case Answer.Done done -> Reason.OUT_OF_RANGE;
        };
      }
    }
    return Reason.TIME_OUT; // The poll ended before it was asked for.
  }
}
