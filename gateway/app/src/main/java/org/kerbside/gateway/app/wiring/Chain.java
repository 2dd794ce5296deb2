package org.kerbside.gateway.app.wiring;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Nearest;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Requests.About;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Why;

/** What {@code kerbside why} prints: an alarm's chain, as the event and the page have it. */
final class Chain {

  private static final MathContext DIGITS = new MathContext(6);

  private final SiteView view;

  Chain(SiteView view) {
    this.view = view;
  }

  /** The answers of the control socket, by request. */
  Map<String, About> answers() {
    return Map.of(
        ControlServer.request("why", Format.TEXT), id -> text(find(id), view.overview().now()),
        ControlServer.request("why", Format.JSON), id -> json(find(id), view.overview().now()));
  }

  private Alarm find(String id) throws CommandException {
    var alarms = view.overview().alarms();
    for (var alarm : alarms) {
      if (alarm.id().equals(id)) {
        return alarm;
      }
    }
    throw new CommandException(
        Exit.WRONG_INPUT,
        "no alarm '%s' stands".formatted(id),
        alarms.isEmpty()
            ? "none stands now"
            : Nearest.help(id, alarms.stream().map(Alarm::id).toList()));
  }

  private String text(Alarm alarm, Moment now) {
    var zone = view.site().zone();
    var since = alarm.since().wall().atZone(zone).toLocalDateTime().truncatedTo(ChronoUnit.SECONDS);
    return "%s · %s · %s since %s\n%s\n%s\n  rule %s %s · held %s · threshold: %s"
        .formatted(
            alarm.id(),
            alarm.severity().word(),
            alarm.state().word(),
            since,
            alarm.text().values().stream()
                .sorted()
                .collect(Collectors.joining("\n"))
                .indent(2)
                .stripTrailing(),
            alarm.why().stream().map(why -> link(why, now)).collect(Collectors.joining("\n")),
            alarm.rule(),
            alarm.ruleVersion(),
            said(alarm.hold()),
            alarm.labels().getOrDefault("source", "default"));
  }

  private static String link(Why why, Moment now) {
    var unit = why.point().spec().unit().symbol();
    var measure = why.measure();
    var limit = why.limit();
    return "  %s%s %s%s, for %s"
        .formatted(
            why.point(),
            measure == null ? "" : " " + measure,
            value(why.value(), unit),
            limit == null ? "" : ", limit " + value(new Value.Num(limit), unit),
            said(now.since(why.since())));
  }

  private static String value(@Nullable Value value, String unit) {
    return switch (value) {
      case null -> "unknown";
      case Value.Num(var number) -> plain(number) + (unit.equals("/") ? "" : " " + unit);
      case Value.Flag(var flag) -> Boolean.toString(flag);
      case Value.State(var word) -> word;
    };
  }

  private static String plain(double number) {
    return new BigDecimal(number, DIGITS).stripTrailingZeros().toPlainString();
  }

  private static String said(Duration span) {
    long seconds = span.toSeconds();
    return seconds % 60 == 0 || seconds >= 600 ? seconds / 60 + "min" : seconds + "s";
  }

  private static String json(Alarm alarm, Moment now) {
    return Json.answer()
        .put("id", alarm.id())
        .put("severity", alarm.severity().word())
        .put("state", alarm.state().word())
        .put("since", alarm.since().wall().toString())
        .put("rule", alarm.rule())
        .put("ruleVersion", alarm.ruleVersion())
        .put("hold", alarm.hold().toSeconds())
        .put("source", alarm.labels().getOrDefault("source", "default"))
        .put("why", alarm.why().stream().map(why -> json(why, now)))
        .toString();
  }

  private static Json json(Why why, Moment now) {
    var value =
        switch (why.value()) {
          case null -> "null";
          case Value.Num(var number) -> plain(number);
          case Value.Flag(var flag) -> Boolean.toString(flag);
          case Value.State(var word) -> Diagnostics.quoted(word);
        };
    return new Json()
        .put("point", why.point().toString())
        .put("measure", why.measure())
        .as("value", value)
        .as("limit", why.limit() == null ? "null" : plain(why.limit()))
        .put("for", now.since(why.since()).toSeconds());
  }
}
