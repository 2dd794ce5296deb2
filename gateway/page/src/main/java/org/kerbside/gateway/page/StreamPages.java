package org.kerbside.gateway.page;

import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.SiteView;
import org.kerbside.gateway.page.Editions.Copy;
import org.kerbside.gateway.page.Editions.Edition;

/** What changes on a screen, told to an open page as it does. */
record StreamPages(Sheets sheets, SiteView view, Editions editions, Feeds feeds, Crowd crowd) {

  void tell(Context context) throws IOException {
    var asked = context.queryParam("page");
    var route = Route.of(asked == null ? "/" : asked);
    var gate = sheets.gate();
    var session = gate.who(context);
    var copy = route == null ? null : sheets.copy(context, route, session);
    if (copy == null || editions.paced(copy) == null) {
      context.status(HttpStatus.NOT_FOUND);
      return;
    }
    var response = context.res();
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("UTF-8");
    // Read as a crew's, it ends with the session: to watch is not to use one.
    BooleanSupplier mayGoOn = () -> session == null || gate.isIn(session);
    var feed = new Feed(view, editions, sheets.templates(), copy, mayGoOn);
    crowd.streams(context.req());
    feeds.add(feed);
    try {
      // The raw stream: the context's would compress, and so hold back what is a few bytes long.
      feed.run(response.getOutputStream(), known(context, copy));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } catch (IOException gone) {
      // A page that was closed is no news.
    } finally {
      feeds.remove(feed);
    }
  }

  private @Nullable Edition known(Context context, Copy copy) {
    var last = context.header("Last-Event-ID");
    return editions.kept(copy, last == null ? context.queryParam("rev") : last);
  }
}
