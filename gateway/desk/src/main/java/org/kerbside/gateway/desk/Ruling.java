package org.kerbside.gateway.desk;

import java.util.ArrayList;
import java.util.List;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Move;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Progress;
import org.kerbside.gateway.model.Value;

/**
 * What the desk decided in one turn. Filled by the desk, read by control.
 *
 * @param moves to be made now, in this order
 * @param accepted commands whose ids must be durable before they move anything
 * @param handled commands that are durable and for the rules: alarms and modes
 * @param results outcomes, to be made durable and then told
 * @param repeated outcomes that are durable already, to be told again
 * @param told progress on the way
 * @param events what else is to be told
 */
public record Ruling(
    List<Move> moves,
    List<Command> accepted,
    List<Command> handled,
    List<Event.Result> results,
    List<Event.Result> repeated,
    List<Told> told,
    List<Event> events) {

  /** One command's progress. */
  public record Told(String command, Progress progress) {}

  static Ruling empty() {
    return new Ruling(
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>(),
        new ArrayList<>());
  }

  void move(Point point, Value value) {
    moves.add(new Move(point, value));
  }

  void end(Moment now, String command, Outcome outcome) {
    results.add(new Event.Result(now, command, outcome));
  }

  void repeat(Moment now, String command, Outcome outcome) {
    repeated.add(new Event.Result(now, command, outcome));
  }

  /** What was accepted in this turn is not, after all. */
  void takeBack(String command) {
    accepted.removeIf(asked -> asked.id().equals(command));
    told.removeIf(each -> each.command().equals(command));
  }

  void tell(Event event) {
    events.add(event);
  }

  void tell(String command, Progress progress) {
    told.add(new Told(command, progress));
  }
}
