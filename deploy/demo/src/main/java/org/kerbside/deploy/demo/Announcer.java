package org.kerbside.deploy.demo;

import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Value;

/** Prints alarms and outcomes as they are committed, a line each, in the site's time. */
final class Announcer implements Consumer<Event> {

  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  private final PrintWriter out;
  private final ZoneId zone;

  Announcer(PrintWriter out, ZoneId zone) {
    this.out = out;
    this.zone = zone;
  }

  @Override
  public void accept(Event event) {
    switch (event) {
      case Event.AlarmChanged changed ->
          print(
              changed.at().wall(),
              changed.change().word(),
              changed.alarm().id(),
              changed.alarm().text().getOrDefault("zh-CN", ""));
      case Event.Audit(var at, var what, var subject, var act) ->
          print(at.wall(), what, subject, act == null ? "" : act.by() + ": " + act.reason());
      case Event.Commission learned ->
          print(
              learned.at().wall(),
              learned.what(),
              learned.asset(),
              learned.by() + ": " + learned.set());
      case Event.Result(var at, var command, var outcome) ->
          print(at.wall(), "result", command, told(outcome));
      case Event.Gap gap ->
          print(gap.at().wall(), "gap", gap.reason(), gap.readings() + " readings");
      case Event.Health health ->
          print(
              health.at().wall(),
              health.what(),
              health.subject(),
              String.join("; ", health.detail()));
      case Event.Kpi kpi ->
          print(
              kpi.at().wall(),
              "kpi",
              kpi.kpi() + " " + kpi.period(),
              "good %d, bad %d, unknown %d".formatted(kpi.good(), kpi.bad(), kpi.unknown()));
      case Event.Clock clock ->
          print(clock.at().wall(), "clock", clock.at().clock().word(), told(clock.shift()));
    }
  }

  private void print(Instant at, String what, String about, String words) {
    out.printf(" %s  %-8s %-26s %s%n", CLOCK.format(at.atZone(zone)), what, about, words);
    out.flush();
  }

  private static String told(Event.Clock.Shift shift) {
    return switch (shift) {
      case Event.Clock.Shift.Mapped(var zero) -> "known: started " + zero;
      case Event.Clock.Shift.Stepped(var by, var followed) -> "jumped by " + by;
    };
  }

  private static String told(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Done(var observed) -> observed == null ? "done" : "done: " + told(observed);
      case Outcome.Rejected(var reason) -> "rejected: " + reason;
      case Outcome.Failed(var reason) -> "failed: " + reason;
      case Outcome.Expired() -> "expired";
    };
  }

  private static String told(Value value) {
    return switch (value) {
      case Value.Num(var number) -> Double.toString(number);
      case Value.Flag(var flag) -> Boolean.toString(flag);
      case Value.State(var word) -> word;
    };
  }
}
