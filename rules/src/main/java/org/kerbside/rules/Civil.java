package org.kerbside.rules;

import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Hours;
import org.kerbside.gateway.model.Value;

/** A question that clock and sun answer. Where the clock is not known, nobody does. */
sealed interface Civil {

  Value at(Instant wall, Almanac almanac);

  /** When the answer, or how it stands to the limit, may next change; after {@code wall}. */
  Instant next(Instant wall, Almanac almanac, Input.@Nullable Limit limit);

  /** The sun is below the horizon. */
  record Night() implements Civil {
    @Override
    public Value at(Instant wall, Almanac almanac) {
      return Value.Flag.of(!almanac.isAbove(Almanac.SUNSET, wall));
    }

    @Override
    public Instant next(Instant wall, Almanac almanac, Input.@Nullable Limit limit) {
      return almanac.crosses(Almanac.SUNSET, wall);
    }
  }

  /** The sun's height in degrees. */
  record Elevation() implements Civil {
    @Override
    public Value at(Instant wall, Almanac almanac) {
      return new Value.Num(almanac.elevation(wall));
    }

    @Override
    public Instant next(Instant wall, Almanac almanac, Input.@Nullable Limit limit) {
      return limit == null ? Instant.MAX : almanac.crosses(limit.number(), wall);
    }
  }

  /** It is that time of the day or later, until midnight. */
  record After(LocalTime time) implements Civil {
    @Override
    public Value at(Instant wall, Almanac almanac) {
      return Value.Flag.of(!almanac.time(wall).isBefore(time));
    }

    @Override
    public Instant next(Instant wall, Almanac almanac, Input.@Nullable Limit limit) {
      return almanac.next(List.of(time, LocalTime.MIDNIGHT), wall);
    }
  }

  /** A word from mon to sun. */
  record Weekday() implements Civil {
    @Override
    public Value at(Instant wall, Almanac almanac) {
      return new Value.State(almanac.weekday(wall));
    }

    @Override
    public Instant next(Instant wall, Almanac almanac, Input.@Nullable Limit limit) {
      return almanac.next(List.of(LocalTime.MIDNIGHT), wall);
    }
  }

  /** The hours in which people are served. */
  record Service(Hours hours) implements Civil {
    @Override
    public Value at(Instant wall, Almanac almanac) {
      return Value.Flag.of(hours.contains(almanac.time(wall)));
    }

    @Override
    public Instant next(Instant wall, Almanac almanac, Input.@Nullable Limit limit) {
      return almanac.next(hours.edges(), wall);
    }
  }
}
