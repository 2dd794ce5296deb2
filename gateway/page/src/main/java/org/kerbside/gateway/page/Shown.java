package org.kerbside.gateway.page;

import java.util.List;
import java.util.function.Supplier;
import org.kerbside.gateway.model.Checkup;
import org.kerbside.gateway.model.Chronicle;
import org.kerbside.gateway.model.ClockDoor;
import org.kerbside.gateway.model.CrewDoor;
import org.kerbside.gateway.model.Fitter;
import org.kerbside.gateway.model.History;
import org.kerbside.gateway.model.Machine;
import org.kerbside.gateway.model.Metric;
import org.kerbside.gateway.model.SiteView;

/**
 * What the page server shows, and where it has something done.
 *
 * @param metrics the gateway's own numbers now; asked for at each scrape
 * @param checkup tries what the gateway needs
 */
public record Shown(
    SiteView view,
    History history,
    Supplier<List<Metric>> metrics,
    Chronicle chronicle,
    Machine machine,
    Checkup checkup,
    CrewDoor crew,
    Fitter fitter,
    ClockDoor clock) {

  /** A site in which nothing has happened and nothing can be done. */
  public static Shown of(SiteView view) {
    return new Shown(
        view,
        History.NONE,
        List::of,
        Chronicle.NONE,
        Machine.NONE,
        Checkup.NONE,
        CrewDoor.CLOSED,
        Fitter.CLOSED,
        ClockDoor.CLOSED);
  }
}
