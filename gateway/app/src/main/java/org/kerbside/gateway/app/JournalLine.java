package org.kerbside.gateway.app;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Event;

/**
 * What a line of systemd's journal says of an event.
 *
 * @param event a stable name: {@code alarm.raised}, {@code health.malformed}
 * @param subject what it happened to; empty: the gateway
 * @param asset absent where it is of none
 * @param frames of a stream, {@code d 11980..11990}; absent where it is of none
 * @param priority of syslog: 2 critical to 6 information
 */
record JournalLine(
    String event, String subject, @Nullable String asset, @Nullable String frames, int priority) {

  /** Those of which {@code journalctl -x} says more than of their kind. */
  static final Set<String> KNOWN =
      Set.of(
          "alarm",
          "alarm.raised",
          "audit",
          "audit.closed",
          "audit.locked",
          "audit.unsigned",
          "clock",
          "clock.stepped",
          "command",
          "commission",
          "gap",
          "gap.corrupt",
          "gap.intake",
          "gap.power",
          "gap.quota",
          "gap.refused",
          "health",
          "health.aot-cache-stale",
          "health.bounce",
          "health.certificate-due",
          "health.certificate-refused",
          "health.configuration-refused",
          "health.deaf",
          "health.downlink",
          "health.flood",
          "health.forbidden",
          "health.handshake-failed",
          "health.journal-damaged",
          "health.journal-log-grows",
          "health.lease-lost",
          "health.malformed",
          "health.nobody-listens",
          "health.not-written",
          "health.packet-too-large",
          "health.session-taken-over",
          "health.snapshot-unreadable",
          "health.unknown-device",
          "health.upgrade-returned",
          "health.uplink-budget",
          "health.uplinks-lost",
          "kpi");

  private static final int LONGEST = 120; // characters; a foreigner may have chosen them

  private static final int CRITICAL = 2;
  private static final int ERROR = 3;
  private static final int WARNING = 4;
  private static final int NOTICE = 5;
  private static final int INFORMATION = 6;

  JournalLine {
    subject = clean(subject);
  }

  static JournalLine of(Event event) {
    return switch (event) {
      case Event.AlarmChanged changed -> of(changed);
      case Event.Audit audit ->
          new JournalLine("audit." + audit.what(), audit.subject(), null, null, NOTICE);
      case Event.Commission commission ->
          new JournalLine(
              "commission." + commission.what(),
              commission.asset(),
              commission.asset(),
              null,
              NOTICE);
      case Event.Kpi kpi -> new JournalLine("kpi." + kpi.kpi(), kpi.period(), null, null, 6);
      case Event.Result result ->
          new JournalLine("command." + result.outcome().word(), "", null, null, INFORMATION);
      case Event.Gap gap -> of(gap);
      case Event.Health health ->
          new JournalLine("health." + health.what(), health.subject(), null, null, WARNING);
      case Event.Clock clock -> of(clock.shift());
    };
  }

  /** Under whose name there is advice: its own, or its kind's. */
  String known() {
    return KNOWN.contains(event) ? event : event.substring(0, event.indexOf('.'));
  }

  private static JournalLine of(Event.AlarmChanged changed) {
    var alarm = changed.alarm();
    return new JournalLine(
        "alarm." + changed.change().word(),
        alarm.asset() + "/" + alarm.rule(),
        alarm.asset(),
        null,
        changed.change() == Event.AlarmChanged.Change.RAISED ? priority(alarm) : INFORMATION);
  }

  private static int priority(Alarm alarm) {
    return switch (alarm.severity()) {
      case WARNING -> WARNING;
      case ALARM -> ERROR;
      case EMERGENCY -> CRITICAL;
    };
  }

  private static JournalLine of(Event.Gap gap) {
    var of = gap.of();
    var frames = of == null ? null : "%s %d..%d".formatted(of.word(), gap.from(), gap.to());
    return new JournalLine(
        "gap." + gap.reason(), of == null ? "" : of.word(), null, frames, WARNING);
  }

  private static JournalLine of(Event.Clock.Shift shift) {
    return switch (shift) {
      case Event.Clock.Shift.Mapped mapped ->
          new JournalLine("clock.mapped", "", null, null, INFORMATION);
      case Event.Clock.Shift.Stepped stepped ->
          new JournalLine("clock.stepped", "", null, null, WARNING);
    };
  }

  /** One line, and no more of it than anybody reads. */
  private static String clean(String subject) {
    var line = subject.replaceAll("\\p{Cntrl}", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) : line;
  }
}
