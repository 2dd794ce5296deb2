package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.CrewDoor;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Value;

/**
 * Commands for programs that act for a crew: with its session and token, through the same door as
 * the page's own forms.
 */
final class CommandApi {

  static final String PATH = "/api/v1/commands";

  private static final String JSON = "application/json";

  private final Gate gate;
  private final CrewDoor crew;
  private final Attendance attendance;

  CommandApi(Gate gate, CrewDoor crew, Attendance attendance) {
    this.gate = gate;
    this.crew = crew;
    this.attendance = attendance;
  }

  /** {@code POST /api/v1/commands}: 202, and where the outcome will be. */
  void ask(Context context) throws Refusal, Problem, InterruptedException {
    var session = gate.admitted(context, Role.CREW);
    var type = context.contentType();
    if (type == null || !type.startsWith(JSON)) {
      throw Problem.bad("Content-Type: expected " + JSON);
    }
    var body = CommandBody.read(context.bodyAsBytes());
    var command = body.by(session);
    if (!crew.knows(command.id())
        && crew.ended(command.id()) == null
        && attendance.isMissing(command)) {
      throw Problem.forbidden("%s: press the cabinet's button first".formatted(body.subject()));
    }
    var outcome = crew.ask(command, Duration.ZERO);
    context
        .status(HttpStatus.ACCEPTED)
        .header("Location", PATH + "/" + body.id())
        .result(json(body.id(), outcome))
        .contentType(JSON);
  }

  /** {@code GET /api/v1/commands/{id}}: its one outcome, or that there is none yet. */
  void tell(Context context) throws Refusal, Problem {
    if (gate.who(context) == null) {
      throw new Refusal(Refusal.Why.NOBODY);
    }
    var id = context.pathParam("id");
    var outcome = crew.ended(id);
    if (outcome == null && !crew.knows(id)) {
      throw Problem.unknown("no command '%s' was asked for here lately".formatted(id));
    }
    context.result(json(id, outcome)).contentType(JSON);
  }

  private static String json(String id, @Nullable Outcome outcome) {
    return "{\"id\":%s,%s}\n".formatted(Json.quoted(id), told(outcome));
  }

  private static String told(@Nullable Outcome outcome) {
    return switch (outcome) {
      case null -> "\"progress\":\"accepted\"";
      case Outcome.Done(var observed) ->
          observed == null
              ? "\"outcome\":\"done\""
              : "\"outcome\":\"done\",\"observed\":" + value(observed);
      case Outcome.Rejected(var reason) ->
          "\"outcome\":\"rejected\",\"reason\":" + Json.quoted(reason);
      case Outcome.Failed(var reason) -> "\"outcome\":\"failed\",\"reason\":" + Json.quoted(reason);
      case Outcome.Expired() -> "\"outcome\":\"expired\"";
    };
  }

  private static String value(Value value) {
    return switch (value) {
      case Value.Num(var number) -> Json.number(number);
      case Value.Flag(var flag) -> Boolean.toString(flag);
      case Value.State(var word) -> Json.quoted(word);
    };
  }
}
