package org.kerbside.gateway.app.wiring;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.kerbside.gateway.app.SiteClock;
import org.kerbside.gateway.app.flow.Integrations.Standing;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Health;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.Wear;
import org.kerbside.gateway.journal.Written;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.model.UplinkView;

/** What {@code kerbside status} prints: the page in a few lines. */
final class Status {

  private final Plan plan;
  private final SiteView view;
  private final Journal journal;
  private final Wear wear;
  private final SiteClock clock;
  private final Supplier<List<Standing>> integrations;

  Status(
      Plan plan,
      SiteView view,
      Journal journal,
      Wear wear,
      SiteClock clock,
      Supplier<List<Standing>> integrations) {
    this.plan = plan;
    this.view = view;
    this.journal = journal;
    this.wear = wear;
    this.clock = clock;
    this.integrations = integrations;
  }

  /** The answers of the control socket. */
  Map<String, Supplier<String>> answers() {
    return Map.of(
        ControlServer.request("status", Format.TEXT), this::text,
        ControlServer.request("status", Format.JSON), this::json,
        ControlServer.request("health", Format.TEXT), () -> health().text());
  }

  private Health health() {
    return new Health(word(view.uplink().state()), journal.written().commits(), untrusted());
  }

  private String text() {
    var overview = view.overview();
    var uplink = view.uplink();
    var written = journal.written();
    var text = new StringBuilder();
    text.append(
        "%s · %s · software %s · revision %d\n"
            .formatted(view.site().name(), view.site().id(), House.VERSION, plan.revision()));
    text.append(
        "clock    %s%s · %s\n"
            .formatted(
                overview.now().clock().word(),
                within(),
                overview.now().wall().atZone(view.site().zone()).toLocalDateTime().withNano(0)));
    text.append(
        "uplink   %s · %d frames sent, %d waiting%s\n"
            .formatted(
                word(uplink.state()),
                uplink.sent(),
                uplink.waiting(),
                uplink.trouble() == null ? "" : " · " + uplink.trouble()));
    text.append(
        "journal  %d commits, %d readings, %d bytes since start · file %d bytes\n"
            .formatted(written.commits(), written.readings(), written.bytes(), written.file()));
    text.append("card     %s\n".formatted(card(wear.figures(clock.now()))));
    text.append("points   %d heard, %d not to be trusted\n".formatted(heard(), untrusted()));
    integrations.get().forEach(each -> text.append(line(each)));
    var alarms = overview.alarms().stream().filter(Alarm::isActive).toList();
    text.append("alarms   %d active".formatted(alarms.size()));
    for (var alarm : alarms) {
      text.append(
          "\n  %-9s %s  %s"
              .formatted(alarm.severity().word(), alarm.id(), alarm.text().getOrDefault("en", "")));
    }
    return text.toString();
  }

  private String json() {
    var overview = view.overview();
    var written = journal.written();
    var json =
        Json.answer()
            .put("site", view.site().id())
            .put("software", House.VERSION)
            .put("revision", plan.revision())
            .put("clock", overview.now().clock().word());
    var within = clock.within();
    if (within != null) {
      json.put("clockWithin", within.toMillis() / 1e3, 3);
    }
    return json.put("uplink", json(view.uplink()))
        .put("journal", json(written))
        .put("card", json(wear.figures(clock.now())))
        .put("points", new Json().put("heard", heard()).put("untrusted", untrusted()))
        .put("integrations", integrations.get().stream().map(Status::json))
        .put("alarms", overview.alarms().stream().filter(Alarm::isActive).count())
        .toString();
  }

  private static Json json(UplinkView uplink) {
    return new Json()
        .put("state", word(uplink.state()))
        .put("sent", uplink.sent())
        .put("waiting", uplink.waiting());
  }

  private Json json(Written written) {
    return new Json()
        .put("epoch", journal.epoch())
        .put("commits", written.commits())
        .put("readings", written.readings())
        .put("bytes", written.bytes())
        .put("file", written.file())
        .put("card", written.card());
  }

  private static String line(Standing integration) {
    return "sink     %s: %d events sent, %d lost%s\n"
        .formatted(
            integration.name(),
            integration.sent(),
            integration.lost(),
            integration.trouble() == null ? "" : " · " + integration.trouble());
  }

  private static Json json(Standing integration) {
    return new Json()
        .put("name", integration.name())
        .put("sent", integration.sent())
        .put("lost", integration.lost())
        .put("trouble", integration.trouble());
  }

  private static String card(Wear.Figures figures) {
    var perDay = figures.perDay();
    var years = figures.years();
    return "%s written today, %s in all%s%s"
        .formatted(
            megabytes(figures.today()),
            megabytes(figures.total()),
            perDay == null ? "" : " · " + megabytes(perDay) + " a day",
            years == null ? "" : String.format(Locale.ROOT, " · lasts about %.0f years", years));
  }

  private static String megabytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }

  private static Json json(Wear.Figures figures) {
    var json =
        new Json()
            .put("today", figures.today())
            .put("total", figures.total())
            .put("day", figures.perDay());
    var years = figures.years();
    return years == null ? json.none("years") : json.put("years", years, 1);
  }

  /** How far off the clock may be; nothing when nobody can say. */
  private String within() {
    var within = clock.within();
    return within == null
        ? ""
        : String.format(Locale.ROOT, " within %.3f s", within.toMillis() / 1e3);
  }

  private long heard() {
    return view.overview().seen().stream().filter(seen -> seen.last() != null).count();
  }

  private long untrusted() {
    var overview = view.overview();
    return overview.seen().stream()
        .map(seen -> seen.state(overview.now()))
        .filter(state -> state != DataState.NEVER && state != DataState.GOOD)
        .count();
  }

  static String word(UplinkView.State state) {
    return switch (state) {
      case CONNECTED -> "connected";
      case CONNECTING -> "connecting";
      case DOWN -> "down";
    };
  }
}
