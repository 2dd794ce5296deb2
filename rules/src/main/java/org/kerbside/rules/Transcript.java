package org.kerbside.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Event.AlarmChanged;
import org.kerbside.gateway.model.Order;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * Events and orders as lines: {@code 13:20 raised bin-1/bin-full warning}. The time is the site's,
 * by a watch that nobody sets; behind the first day stands {@code +1d} in front.
 */
final class Transcript {

  private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final ZonedDateTime start;
  private final List<Entry> entries = new ArrayList<>();

  Transcript(ZonedDateTime start) {
    this.start = start;
  }

  /** What was said, so long after the start. */
  record Entry(Duration at, String said) {}

  List<Entry> entries() {
    return List.copyOf(entries);
  }

  List<String> lines() {
    return entries.stream().map(entry -> time(entry.at()) + entry.said()).toList();
  }

  void tell(Duration at, Decided decided) {
    decided.events().forEach(event -> entries.add(new Entry(at, said(event))));
    decided.orders().forEach(order -> entries.add(new Entry(at, said(order))));
  }

  List<String> linesWithoutFigures() {
    return lines().stream().filter(line -> !line.contains(" kpi ")).toList();
  }

  void tell(Duration at, String said) {
    entries.add(new Entry(at, said));
  }

  private String time(Duration at) {
    var time = start.plus(at).truncatedTo(ChronoUnit.SECONDS);
    long days = ChronoUnit.DAYS.between(start.toLocalDate(), time.toLocalDate());
    var clock = (time.getSecond() == 0 ? MINUTE : SECOND).format(time);
    return (days == 0 ? "" : "+%dd ".formatted(days)) + clock + " ";
  }

  private static String said(Event event) {
    return switch (event) {
      case Event.AlarmChanged changed -> said(changed);
      case Event.Audit(var at, var what, var subject, var act) ->
          "%s %s%s".formatted(what, subject, act == null ? "" : " by " + act.by());
      case Event.Commission learned -> "%s %s".formatted(learned.what(), learned.asset());
      case Event.Health health -> "%s %s".formatted(health.what(), health.subject());
      case Event.Result result -> "result %s".formatted(result.command());
      case Event.Gap gap -> "gap %s".formatted(gap.reason());
      case Event.Clock clock -> "clock";
      case Event.Kpi kpi ->
          "kpi %s %s good %d bad %d unknown %d"
              .formatted(kpi.kpi(), kpi.period(), kpi.good(), kpi.bad(), kpi.unknown());
    };
  }

  private static String said(Event.AlarmChanged changed) {
    var alarm = changed.alarm();
    var act = changed.act();
    var cause = alarm.care().cause();
    boolean isLatched =
        alarm.state() == Alarm.State.LATCHED && changed.change() == AlarmChanged.Change.UPDATED;
    return "%s %s %s%s%s%s%s%s"
        .formatted(
            changed.change().word(),
            alarm.id(),
            alarm.severity().word(),
            act == null ? "" : " by " + act.by(),
            isLatched ? " latched" : "",
            cause == null ? "" : " caused by " + cause,
            changed.effects().isEmpty() ? "" : " explains " + changed.effects().size(),
            changed.untold() == 0 ? "" : " %d untold".formatted(changed.untold()));
  }

  private static String said(Order order) {
    var value = order.value();
    return value == null
        ? "releases %s by %s".formatted(order.point(), order.by())
        : "orders %s %s by %s"
            .formatted(order.point(), said(value, order.point().spec().unit()), order.by());
  }

  private static String said(Value value, @Nullable Unit unit) {
    return switch (value) {
      case Value.Num(var number) ->
          unit != null && unit.fits(Unit.RATIO)
              ? plain(number * 100) + "%"
              : plain(number) + (unit == null ? "" : unit.symbol());
      case Value.Flag(var flag) -> Boolean.toString(flag);
      case Value.State(var word) -> word;
    };
  }

  private static String plain(double number) {
    return BigDecimal.valueOf(number)
        .setScale(3, RoundingMode.HALF_UP)
        .stripTrailingZeros()
        .toPlainString();
  }
}
