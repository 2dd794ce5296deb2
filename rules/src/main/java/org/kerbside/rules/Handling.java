package org.kerbside.rules;

import java.time.Duration;
import java.util.List;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Value;

/** What a person's command does to alarms, and what it must say for that. */
record Handling(Command command, Act act) {

  /** Nobody silences an alarm or works on an asset for longer without saying so again. */
  static final Duration LONGEST = Duration.ofHours(8);

  /** What was seen at an asset, in the crew's own words: counted for nothing, kept for people. */
  static final Value NOTE = new Value.State("note");

  static final String MAINTENANCE = "maintenance";
  static final String ENDED = "maintenance-ended";

  static Handling of(Command command, Moment now) {
    var lease = command.lease();
    var until = lease == null ? null : now.plus(lease);
    return new Handling(
        command, new Act(command.issuer(), command.by(), command.reason(), now, until));
  }

  Outcome handle(Annunciator bell, int index) {
    return switch (command.op()) {
      case "ack" -> bell.acknowledge(index, act);
      case "shelve" -> isLease() ? shelve(bell, index) : new Outcome.Rejected("lease");
      case "unshelve" -> bell.unshelve(index, act);
      default -> new Outcome.Rejected("not-allowed");
    };
  }

  private Outcome shelve(Annunciator bell, int index) {
    return isSigned() ? bell.shelve(index, act) : new Outcome.Rejected("incomplete");
  }

  /** Begins work on an asset, or ends it where the command's value is false. */
  Outcome maintain(Upkeep upkeep, String asset, List<Event> events) {
    if (Value.Flag.FALSE.equals(command.value())) {
      if (upkeep.end(asset)) {
        events.add(new Event.Audit(act.at(), ENDED, asset, act));
      }
      return new Outcome.Done(null);
    }
    if (!isLease()) {
      return new Outcome.Rejected("lease");
    }
    if (!isSigned()) {
      return new Outcome.Rejected("incomplete");
    }
    upkeep.begin(asset, act);
    events.add(new Event.Audit(act.at(), MAINTENANCE, asset, act));
    return new Outcome.Done(null);
  }

  /** Writes down what somebody wants known of an asset. */
  Outcome note(String asset, List<Event> events) {
    if (!isSigned()) {
      return new Outcome.Rejected("incomplete");
    }
    events.add(new Event.Audit(act.at(), "note", asset, act));
    return new Outcome.Done(null);
  }

  private boolean isLease() {
    var lease = command.lease();
    return lease != null && lease.isPositive() && lease.compareTo(LONGEST) <= 0;
  }

  /** Who silences something says who and why. */
  private boolean isSigned() {
    return !command.by().isBlank() && !command.reason().isBlank();
  }
}
