package org.kerbside.gateway.app.wiring;

import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.SiteView;

/** What {@code kerbside alarms} prints: every alarm that is not gone, in the order of the site. */
record AlarmList(SiteView view) {

  /** The answers of the control socket, by request. */
  Map<String, Supplier<String>> answers() {
    return Map.of(
        ControlServer.request("alarms", Format.TEXT), this::text,
        ControlServer.request("alarms", Format.JSON), this::json);
  }

  private String text() {
    var alarms = view.overview().alarms();
    return alarms.isEmpty()
        ? "no alarm stands"
        : alarms.stream().map(this::line).collect(Collectors.joining("\n"));
  }

  private String line(Alarm alarm) {
    var since = alarm.since().wall().atZone(view.site().zone()).toLocalDateTime();
    return "%-9s %-8s %s  %s  %s%s%s"
        .formatted(
            alarm.severity().word(),
            alarm.state().word(),
            since.truncatedTo(ChronoUnit.SECONDS),
            alarm.id(),
            alarm.text().getOrDefault("en", ""),
            by(" · acknowledged by ", alarm.care().acknowledged()),
            by(" · shelved by ", alarm.care().shelved()));
  }

  private static String by(String what, @Nullable Act act) {
    return act == null ? "" : what + act.by();
  }

  private String json() {
    return Json.answer()
        .put("alarms", view.overview().alarms().stream().map(AlarmList::json))
        .toString();
  }

  private static Json json(Alarm alarm) {
    return new Json()
        .put("id", alarm.id())
        .put("severity", alarm.severity().word())
        .put("state", alarm.state().word())
        .put("since", alarm.since().wall().toString())
        .put("text", alarm.text().getOrDefault("en", ""))
        .put("acknowledged", who(alarm.care().acknowledged()))
        .put("shelved", who(alarm.care().shelved()));
  }

  private static @Nullable String who(@Nullable Act act) {
    return act == null ? null : act.by();
  }
}
