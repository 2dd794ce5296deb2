package org.kerbside.gateway.page;

import java.util.List;
import java.util.function.Supplier;
import org.kerbside.gateway.model.History;
import org.kerbside.gateway.model.Metric;
import org.kerbside.gateway.model.SiteView;

/**
 * What the page server shows.
 *
 * @param metrics the gateway's own numbers now; asked for at each scrape
 */
public record Shown(SiteView view, History history, Supplier<List<Metric>> metrics) {

  /** A site without history and metrics. */
  public static Shown of(SiteView view) {
    return new Shown(view, History.NONE, List::of);
  }
}
