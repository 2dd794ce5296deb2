package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.List;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.page.Editions.Copy;
import org.kerbside.gateway.page.Editions.Edition;

/**
 * The screens, each as it is now.
 *
 * @param origin whose source the foot leads to
 */
record ScreenPages(
    Sheets sheets,
    SiteView view,
    Editions editions,
    Origin origin,
    DeedPages deeds,
    Portal portal,
    Tally tally) {

  static final List<String> PATHS =
      List.of("/", "/a/{asset}", "/alarms", "/work", "/gateway", "/kiosk", "/public");

  void show(Context context) {
    long begun = System.nanoTime();
    var route = Route.of(address(context));
    var copy = route == null ? null : sheets.copy(context, route, sheets.gate().who(context));
    var edition = copy == null ? null : editions.fresh(copy);
    if (copy == null || edition == null) {
      context.status(HttpStatus.NOT_FOUND).result("404\n");
      return;
    }
    Spoken.remember(context);
    context.html(sheets.templates().page(page(context, copy, edition)));
    tally.rendered(Duration.ofNanos(System.nanoTime() - begun));
  }

  private Page page(Context context, Copy copy, Edition edition) {
    var words = Words.in(copy.language());
    var times = new Times(view.site().zone(), view.overview().now());
    return new Page(
        words,
        view.site(),
        origin,
        copy.route().path(),
        edition.screen(),
        editions.rev(edition),
        times.clock(),
        clockNote(times.now().clock(), words),
        deeds.notice(context.queryParam("told"), words),
        context.queryParam(Portal.OPENED) == null ? "" : portal.address(context),
        sheets.style(),
        Files.LIVE.path(),
        refresh(context, copy.route()));
  }

  /** Where somebody may be typing or choosing, nothing is taken away from under his fingers. */
  private static Page.Refresh refresh(Context context, Route route) {
    return switch (route) {
      case Route.Site _, Route.Alarms _, Route.Kiosk _, Route.Public _ ->
          context.queryParam("still") == null ? Page.Refresh.EVERY_10_S : Page.Refresh.STOPPED;
      case Route.Asset _, Route.Work _, Route.Gateway _ -> Page.Refresh.NEVER;
    };
  }

  private static String address(Context context) {
    var query = context.queryString();
    return query == null ? context.path() : context.path() + "?" + query;
  }

  private static String clockNote(ClockQuality quality, Words words) {
    return switch (quality) {
      case SYNC -> "";
      case HOLD -> words.say("clock.hold");
      case NONE -> words.say("clock.none");
    };
  }
}
