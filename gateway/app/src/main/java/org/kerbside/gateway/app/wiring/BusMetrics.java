package org.kerbside.gateway.app.wiring;

import static org.kerbside.gateway.model.Metric.Type.COUNTER;
import static org.kerbside.gateway.model.Metric.Type.GAUGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.Asking;
import org.kerbside.drivers.api.Driver;
import org.kerbside.gateway.model.Metric.Figure;
import org.kerbside.gateway.model.SiteView;

/**
 * The numbers of the buses: who answers, and what the asking costs.
 *
 * @param drivers by the name of their bus
 * @param devices of the site
 */
record BusMetrics(Map<String, Driver> drivers, List<Device> devices, SiteView view)
    implements Metrics.Part {

  @Override
  public void addTo(MetricList all) {
    var known = new TreeMap<String, Integer>();
    var silent = new TreeMap<String, Integer>();
    Roster.byBus(devices, view.overview())
        .forEach(
            (bus, roster) -> {
              known.put(bus, roster.devices().size());
              silent.put(bus, roster.silent().size());
            });
    all.by("devices", GAUGE, "Devices of the site.", "bus", known);
    all.by("devices_silent", GAUGE, "Those of them that do not answer.", "bus", silent);
    traffic(all);
  }

  private void traffic(MetricList all) {
    var requests = new ArrayList<Figure>();
    var busy = new TreeMap<String, Double>();
    drivers.forEach(
        (bus, driver) -> {
          if (driver instanceof Asking asks) {
            var traffic = asks.traffic();
            requests.add(figure(bus, "answered", traffic.answered()));
            requests.add(figure(bus, "refused", traffic.refused()));
            requests.add(figure(bus, "silent", traffic.silent()));
            busy.put(bus, traffic.busy().toMillis() / 1e3);
          }
        });
    all.add("bus_requests_total", COUNTER, "What was asked, and what came of it.", requests);
    all.by("bus_busy_seconds_total", COUNTER, "How long that took the bus.", "bus", busy);
  }

  private static Figure figure(String bus, String result, long number) {
    return new Figure(Map.of("bus", bus, "result", result), number);
  }
}
