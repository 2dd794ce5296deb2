package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.CrewDoor;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.Endpoint.Parameter;

/**
 * Commands for programs that act for a crew: with its session and token, through the same door as
 * the page's own forms.
 */
final class CommandApi {

  static final String PATH = "/api/v1/commands";

  /** How a command stands: accepted, or at its one end. */
  private record Standing(String id, @Nullable Outcome outcome) {

    @Nullable String progress() {
      return outcome == null ? "accepted" : null;
    }

    @Nullable String end() {
      return outcome == null ? null : outcome.word();
    }

    @Nullable Value observed() {
      return outcome instanceof Outcome.Done(var observed) ? observed : null;
    }

    @Nullable String reason() {
      return switch (outcome) {
        case null -> null;
        case Outcome.Rejected(var reason) -> reason;
        case Outcome.Failed(var reason) -> reason;
        case Outcome.Done(var _), Outcome.Expired() -> null;
      };
    }
  }

  private static final Members<Standing> STANDING =
      Members.<Standing>named("CommandStanding")
          .has("id", Shape.TEXT, Standing::id)
          .may("progress", Shape.words(List.of("accepted")), Standing::progress)
          .may("outcome", Shape.words(Outcome.WORDS), Standing::end)
          .may("observed", Told.VALUE, Standing::observed)
          .may("reason", Shape.TEXT, Standing::reason);

  private final Gate gate;
  private final CrewDoor crew;
  private final Attendance attendance;
  private final Fittings fittings;

  CommandApi(Gate gate, Shown shown, Attendance attendance) {
    this.gate = gate;
    this.crew = shown.crew();
    this.attendance = attendance;
    this.fittings = new Fittings(shown);
  }

  List<Endpoint> endpoints() {
    return List.of(
        new Endpoint(
            HandlerType.POST,
            PATH,
            "Asks for something to be done, in the name of the session's worker, once per id;"
                + " calibrate and bind are an installer's.",
            List.of(),
            CommandBody.SHAPE,
            202,
            STANDING,
            List.of(400, 401, 403),
            this::ask),
        Endpoint.get(
            PATH + "/{id}",
            "How a command that was asked for here stands.",
            List.of(Parameter.path("id", "The command's.")),
            STANDING,
            List.of(401, 404),
            this::tell));
  }

  /** 202, and where the outcome will be. */
  private void ask(Context context) throws Refusal, Problem, InterruptedException {
    var session = gate.admitted(context, Role.CREW);
    var type = context.contentType();
    if (type == null || !type.startsWith(Json.TYPE)) {
      throw Problem.bad("Content-Type: expected " + Json.TYPE);
    }
    var body = CommandBody.read(context.bodyAsBytes());
    gate.admitted(context, body.least());
    var outcome =
        body.isFitting() ? fittings.ask(body, session.worker()) : commanded(body, session);
    context
        .status(HttpStatus.ACCEPTED)
        .header("Location", PATH + "/" + body.id())
        .result(Json.text(STANDING, new Standing(body.id(), outcome)))
        .contentType(Json.TYPE);
  }

  private @Nullable Outcome commanded(CommandBody body, Session session)
      throws Problem, InterruptedException {
    var command = body.by(session);
    if (!crew.knows(command.id())
        && crew.ended(command.id()) == null
        && attendance.isMissing(command)) {
      throw Problem.forbidden("%s: press the cabinet's button first".formatted(body.subject()));
    }
    return fittings.ended(body.id()) == null
        ? crew.ask(command, Duration.ZERO)
        : new Outcome.Rejected("conflict");
  }

  /** Its one outcome, or that there is none yet. */
  private void tell(Context context) throws Refusal, Problem {
    if (gate.who(context) == null) {
      throw new Refusal(Refusal.Why.NOBODY);
    }
    var id = context.pathParam("id");
    var fitted = fittings.ended(id);
    var outcome = fitted == null ? crew.ended(id) : fitted;
    if (outcome == null && !crew.knows(id)) {
      throw Problem.unknown("no command '%s' was asked for here lately".formatted(id));
    }
    context.result(Json.text(STANDING, new Standing(id, outcome))).contentType(Json.TYPE);
  }
}
