package org.kerbside.drivers.lorawan;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * One quantity in a telegram: where it stands and what it means.
 *
 * @param channel from 1, or {@link Said#DEVICE}
 * @param pairs behind which of them it stands, {@link Part#NONE} where there are none
 * @param meaning what its number is
 * @param says which raw numbers are no values
 * @param doubt what is doubtful about it whatever it says; good when nothing is
 * @param only when it stands there at all; absent for always
 * @param judge another number that says how good this one is; absent where none does
 * @param time the offset of the device's own time, s since 1970, 32 bits; -1 where it tells none
 */
record Field(
    int channel,
    String quantity,
    Set<Integer> pairs,
    Slot slot,
    Meaning meaning,
    Sayings says,
    Quality doubt,
    @Nullable Only only,
    @Nullable Judge judge,
    int time) {

  Field {
    pairs = Set.copyOf(pairs);
  }

  /** What a number is. */
  sealed interface Meaning {

    /** So much of a unit. */
    record Amount(double scale, Unit unit) implements Meaning {}

    /** Not 0 is true. */
    record Flag() implements Meaning {}
  }

  /** Stands there only when another number of the same part is this one. */
  record Only(Slot slot, long is) {}

  /** A number elsewhere in the telegram that says how good a value is. */
  record Judge(int pair, Slot slot, Sayings says) {}

  /** Null when it does not stand in this part. */
  @Nullable Sample read(byte[] telegram, Part part, List<Part> all, Slot.Order order) {
    if (!pairs.contains(part.pair())
        || slot.end() > part.length()
        || !isThere(telegram, part, order)) {
      return null;
    }
    long raw = slot.read(telegram, part.from(), order);
    var quality = worst(worst(says.of(raw), judged(telegram, all, order)), doubt);
    return sample(raw, quality).at(at(telegram, part, order));
  }

  private boolean isThere(byte[] telegram, Part part, Slot.Order order) {
    return only == null
        || (only.slot().end() <= part.length()
            && only.slot().read(telegram, part.from(), order) == only.is());
  }

  private Quality judged(byte[] telegram, List<Part> all, Slot.Order order) {
    if (judge == null) {
      return Quality.GOOD;
    }
    for (var part : all) {
      if (part.pair() == judge.pair() && judge.slot().end() <= part.length()) {
        return judge.says().of(judge.slot().read(telegram, part.from(), order));
      }
    }
    return Quality.GOOD;
  }

  private static Quality worst(Quality one, Quality other) {
    return switch (one) {
      case Quality.Bad bad -> one;
      case Quality.Uncertain uncertain -> other instanceof Quality.Bad ? other : one;
      case Quality.Good good -> other;
    };
  }

  private Sample sample(long raw, Quality quality) {
    if (quality instanceof Quality.Bad) {
      return new Sample(quantity, null, null, quality, null);
    }
    return switch (meaning) {
      case Meaning.Amount(var scale, var unit) ->
          new Sample(
              quantity, new Value.Num(Unit.scaled((double) raw, scale)), unit, quality, null);
      case Meaning.Flag() -> new Sample(quantity, Value.Flag.of(raw != 0), null, quality, null);
    };
  }

  private @Nullable Instant at(byte[] telegram, Part part, Slot.Order order) {
    var own = new Slot(time, Slot.Type.U32, Slot.WHOLE);
    return time < 0 || own.end() > part.length()
        ? null
        : Instant.ofEpochSecond(own.read(telegram, part.from(), order));
  }
}
