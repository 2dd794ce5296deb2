package org.kerbside.gateway.app.wiring;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Quantities;
import org.kerbside.config.Text;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Form;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Requests.Deed;
import org.kerbside.gateway.cli.Requests.Reply;
import org.kerbside.gateway.cli.Visitor;
import org.kerbside.gateway.model.Command;
import org.kerbside.gateway.model.CrewDoor;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Owner;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.Attendance;

/**
 * What {@code kerbside set}, {@code ack}, {@code shelve}, {@code unshelve} and {@code maintenance}
 * do: one command of the crew's each, through the desk, and its one outcome. On the asking talk's
 * thread, which waits for it.
 */
final class Commanding {

  static final List<String> OPS = List.of("set", "ack", "shelve", "unshelve", "maintenance");

  /** Within it an actuator has shown what it does, or not. */
  private static final Duration PATIENCE = Duration.ofSeconds(90);

  private static final Duration LONGEST_LEASE = Duration.ofDays(400);
  private static final MathContext DIGITS = new MathContext(6);

  private final CrewDoor door;
  private final SiteView view;
  private final Attendance attendance;

  Commanding(CrewDoor door, SiteView view, Attendance attendance) {
    this.door = door;
    this.view = view;
    this.attendance = attendance;
  }

  /** A command that ended, or has not yet. */
  private record Ended(Command command, @Nullable Outcome outcome, Duration took) {}

  /** The deeds of the control socket, by request. */
  Map<String, Deed> deeds() {
    var deeds = new HashMap<String, Deed>();
    for (var op : OPS) {
      deeds.put(ControlServer.request(op, Format.TEXT), (form, by) -> text(done(op, form, by)));
      deeds.put(ControlServer.request(op, Format.JSON), (form, by) -> json(done(op, form, by)));
    }
    return deeds;
  }

  private Ended done(String op, String words, Visitor by) throws CommandException {
    var command = command(op, Form.read(words), by);
    if (attendance.isMissing(command)) {
      throw new CommandException(
          Exit.REFUSED,
          "'%s' is reset at the cabinet".formatted(command.point()),
          "press the button inside it, then ask again within a minute");
    }
    long since = System.nanoTime();
    try {
      var outcome = door.ask(command, PATIENCE);
      return new Ended(command, outcome, Duration.ofNanos(System.nanoTime() - since));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CommandException(
          Exit.NO_ANSWER, "the service stops", "the command may have been carried out");
    }
  }

  private Command command(String op, Form form, Visitor by) throws CommandException {
    var subject = form.of("subject");
    var value = op.equals("set") ? value(point(subject), form.of("value")) : null;
    var lease =
        form.of("lease").isEmpty()
            ? null
            : Periods.read(op.equals("set") ? "--lease" : "--for", form.of("lease"), LONGEST_LEASE);
    var reason = form.of("reason");
    var who = form.of("by").isEmpty() ? "unix:" + by.user() : "crew:" + form.of("by");
    return Command.ofCrew("cli-" + UUID.randomUUID(), op, subject, value, who, reason, lease);
  }

  private Point point(String id) throws CommandException {
    var point = view.overview().point(id);
    if (point == null) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "there is no point '%s'".formatted(id),
          Nearest.help(
              id,
              view.overview().assets().stream()
                  .flatMap(asset -> asset.points().stream())
                  .map(Point::toString)
                  .toList()));
    }
    return point;
  }

  /** As people write it: {@code 60%}, {@code on}, a word of the point's list. */
  private static Value value(Point point, String typed) throws CommandException {
    var spec = point.spec();
    if (spec.type() == PointType.FLAG) {
      return switch (typed) {
        case "on", "true" -> Value.Flag.TRUE;
        case "off", "false" -> Value.Flag.FALSE;
        default -> throw wrong(point, typed, "write on or off");
      };
    }
    if (spec.type() == PointType.STATE) {
      if (spec.words().contains(typed)) {
        return new Value.State(typed);
      }
      throw wrong(point, typed, Nearest.help(typed, spec.words()));
    }
    var mistakes = new Mistakes();
    var text = new Text(typed, Mark.of("VALUE", typed), Text.Style.PLAIN);
    Double number = Quantities.read(text, spec.unit(), mistakes);
    if (number == null) {
      throw wrong(point, typed, mistakes.all().getFirst().help());
    }
    return new Value.Num(number);
  }

  private static CommandException wrong(Point point, String typed, String help) {
    return new CommandException(
        Exit.WRONG_INPUT, "'%s' is no value of %s".formatted(typed, point.id()), help);
  }

  private Reply text(Ended ended) {
    return switch (ended.outcome()) {
      case null ->
          new Reply(Exit.NO_ANSWER, "running: no end within %s".formatted(Periods.text(PATIENCE)));
      case Outcome.Done(var observed) ->
          new Reply(Exit.DONE, "done" + observed(ended, observed) + next(ended.command()));
      case Outcome.Rejected(var reason) -> new Reply(Exit.REFUSED, "rejected: " + reason);
      case Outcome.Failed(var reason) -> new Reply(Exit.REFUSED, "failed: " + reason);
      case Outcome.Expired expired -> new Reply(Exit.REFUSED, "expired");
    };
  }

  private String observed(Ended ended, @Nullable Value observed) {
    if (observed == null || !ended.command().op().equals("set")) {
      return "";
    }
    return ": %s observed after %.1f s"
        .formatted(said(observed, ended.command().point()), ended.took().toMillis() / 1e3);
  }

  /** Who has the output after the lease. */
  private String next(Command command) {
    var owner = owner(command.point());
    if (owner == null || owner.until() == null) {
      return "";
    }
    var until = owner.until().wall().atZone(view.site().zone()).toLocalTime();
    return "; until %s, then the programme's".formatted(until.truncatedTo(ChronoUnit.MINUTES));
  }

  private @Nullable Owner owner(String id) {
    var overview = view.overview();
    var point = overview.point(id);
    return point == null ? null : overview.owners().get(point.index());
  }

  private String said(Value value, String id) {
    return switch (value) {
      case Value.Num(var number) -> said(number, id);
      case Value.Flag(var flag) -> flag ? "on" : "off";
      case Value.State(var word) -> word;
    };
  }

  private String said(double number, String id) {
    boolean isShare = isShare(id);
    var digits = new BigDecimal(isShare ? number * 100 : number, DIGITS).stripTrailingZeros();
    return digits.toPlainString() + (isShare ? " %" : "");
  }

  private boolean isShare(String id) {
    var point = view.overview().point(id);
    return point != null && point.spec().unit().equals(Unit.RATIO);
  }

  private static Reply json(Ended ended) {
    var json = Json.answer().put("id", ended.command().id());
    return switch (ended.outcome()) {
      case null -> reply(Exit.NO_ANSWER, json.put("outcome", "running"));
      case Outcome.Done(var observed) -> {
        json.put("outcome", "done");
        yield reply(Exit.DONE, observed == null ? json : json.as("observed", json(observed)));
      }
      case Outcome.Rejected(var reason) ->
          reply(Exit.REFUSED, json.put("outcome", "rejected").put("reason", reason));
      case Outcome.Failed(var reason) ->
          reply(Exit.REFUSED, json.put("outcome", "failed").put("reason", reason));
      case Outcome.Expired expired -> reply(Exit.REFUSED, json.put("outcome", "expired"));
    };
  }

  private static Reply reply(Exit exit, Json json) {
    return new Reply(exit, json.toString());
  }

  private static String json(Value value) {
    return switch (value) {
      case Value.Num(var number) -> new BigDecimal(number, DIGITS).toPlainString();
      case Value.Flag(var flag) -> Boolean.toString(flag);
      case Value.State(var word) -> Diagnostics.quoted(word);
    };
  }
}
