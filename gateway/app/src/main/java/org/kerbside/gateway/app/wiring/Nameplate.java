package org.kerbside.gateway.app.wiring;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.kerbside.config.Device;
import org.kerbside.config.Learned;
import org.kerbside.gateway.app.SiteClock;
import org.kerbside.gateway.app.flow.Integrations.Standing;
import org.kerbside.gateway.journal.Journal;
import org.kerbside.gateway.journal.Wear;
import org.kerbside.gateway.model.Machine;
import org.kerbside.gateway.model.SiteView;

/**
 * What the gateway says of itself.
 *
 * @param quota bytes that the journal may have
 * @param drivers by the name of their bus
 * @param devices of the site
 * @param revision of the configuration that runs
 * @param learned what people learned of an asset on the spot, the last last
 */
record Nameplate(
    SiteView view,
    Journal journal,
    long quota,
    Wear wear,
    SiteClock clock,
    Map<String, String> drivers,
    List<Device> devices,
    long revision,
    Function<String, List<Learned>> learned,
    Supplier<List<Standing>> integrations)
    implements Machine {

  @Override
  public Facts facts() {
    return new Facts(
        House.VERSION,
        revision,
        journal.written().file(),
        quota,
        wear.figures(clock.now()).perDay(),
        buses(),
        integrations.get().stream()
            .map(one -> new Sink(one.name(), one.sent(), one.lost(), one.trouble()))
            .toList());
  }

  @Override
  public List<Fitting> fittings(String asset) {
    var last = learned.apply(asset).stream().reduce((_, later) -> later).orElse(null);
    return devices.stream()
        .filter(device -> device.asset().id().equals(asset))
        .map(
            device ->
                new Fitting(
                    device.profile() == null ? null : device.profile().name().text(),
                    device.at().text(),
                    last == null ? null : last.when(),
                    last == null ? "" : last.by()))
        .toList();
  }

  private List<Bus> buses() {
    var rosters = Roster.byBus(devices, view.overview());
    return drivers.entrySet().stream()
        .map(
            bus -> {
              var roster = rosters.getOrDefault(bus.getKey(), new Roster(List.of(), List.of()));
              return new Bus(
                  bus.getKey(), bus.getValue(), roster.devices().size(), roster.silent().size());
            })
        .toList();
  }
}
