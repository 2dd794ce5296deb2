package org.kerbside.gateway.app.wiring;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.app.SiteClock;
import org.kerbside.gateway.model.Event;

/**
 * How a site is run.
 *
 * @param data the folder of journal, lock and control socket
 * @param page where the page listens; absent: no page
 * @param clock the site's
 * @param events hears every committed event
 * @param codes what job codes go by
 */
public record Running(
    Path data,
    @Nullable InetSocketAddress page,
    SiteClock clock,
    Consumer<Event> events,
    Codes codes) {

  /** Where job codes go by the site's clock, and nobody is in. */
  public Running(
      Path data, @Nullable InetSocketAddress page, SiteClock clock, Consumer<Event> events) {
    this(data, page, clock, events, Codes.by(clock, Codes.nobody()));
  }
}
