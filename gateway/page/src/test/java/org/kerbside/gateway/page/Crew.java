package org.kerbside.gateway.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.CrewDoor;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Owner;

/** Has done on a street by hand what the page asks for; once per id, like the desk. Thread-safe. */
final class Crew implements CrewDoor {

  private final Street street;
  // Guarded by this, as the next two.
  private final List<Command> asked = new ArrayList<>();
  private final Map<String, Outcome> ends = new HashMap<>();
  private @Nullable String refusal;

  Crew(Street street) {
    this.street = street;
  }

  synchronized List<Command> asked() {
    return List.copyOf(asked);
  }

  synchronized void refuses(String reason) {
    refusal = reason;
  }

  @Override
  public synchronized Outcome ask(Command command, Duration patience) {
    return ends.computeIfAbsent(
        command.id(),
        _ -> {
          asked.add(command);
          return refusal == null ? done(command) : new Outcome.Rejected(refusal);
        });
  }

  @Override
  public synchronized @Nullable Outcome ended(String id) {
    return ends.get(id);
  }

  @Override
  public boolean knows(String id) {
    return false;
  }

  private Outcome done(Command command) {
    var now = street.overview().now();
    var lease = command.lease();
    var until = lease == null ? null : now.plus(lease);
    var act = new Act(Issuer.CREW, command.by(), command.reason(), now, until);
    switch (command.op()) {
      case "ack" -> street.care(command.point(), Alarm.Care.NONE.acknowledged(act));
      case "shelve" -> street.care(command.point(), Alarm.Care.NONE.shelved(act));
      case "unshelve" -> street.care(command.point(), Alarm.Care.NONE);
      case "maintenance" -> street.work(command.point(), lease == null ? null : act);
      case "set" -> {
        var place = command.point().split("/", 2);
        var value = command.value();
        if (value != null) {
          street.owner(place[0], place[1], new Owner(Issuer.CREW, command.by(), value, until));
        }
      }
      default -> {}
    }
    return new Outcome.Done(command.value());
  }
}
