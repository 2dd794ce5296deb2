package org.kerbside.gateway.uplink;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway listens to on one connection, and whether the broker lets it. Confined to the
 * uplink's thread.
 */
final class Ears {

  private static final int REFUSED = 0x80;

  private final Connection connection;
  private final Room room;
  private boolean answered;
  private @Nullable Long again; // when, after a refusal

  Ears(Connection connection, Room room) {
    this.connection = connection;
    this.room = room;
  }

  void open() throws LinkException {
    connection.subscribe(filters());
  }

  /** Whether the broker has said anything yet. */
  boolean areAnswered() {
    return answered;
  }

  /** What is refused is asked for again: a gateway that stays deaf is of no use to the city. */
  void answered(List<Integer> codes) {
    answered = true;
    boolean wasRefused = again != null;
    again = null;
    for (int i = 0; i < codes.size(); i++) {
      if (codes.get(i) >= REFUSED) {
        again = next();
        room.standing()
            .trouble(
                "%s: the broker refuses the subscription: 0x%02X; allow it there"
                    .formatted(filters().get(i), codes.get(i)));
      }
    }
    if (wasRefused && again == null) {
      room.standing().trouble(null);
    }
  }

  /** Asks again for what was refused, once it is time. */
  void look() throws LinkException {
    if (again != null && room.nanos() - again >= 0) {
      again = next();
      open();
    }
  }

  private long next() {
    return room.nanos() + room.deadlines().connack().toNanos();
  }

  private List<String> filters() {
    var topics = room.topics();
    var filters = new ArrayList<>(List.of(topics.commands()));
    if (room.release() == Release.PLATFORM) {
      filters.add(topics.acknowledgements());
    }
    if (room.wants().areHeard()) {
      filters.add(topics.want());
    }
    return filters;
  }
}
