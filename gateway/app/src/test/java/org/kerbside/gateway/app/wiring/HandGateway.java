package org.kerbside.gateway.app.wiring;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.SiteConfig;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.Driver;

/** A whole gateway in this process, one of whose buses is made by hand. */
public final class HandGateway {

  /** Makes the driver of the bus. */
  @FunctionalInterface
  public interface Maker {
    Driver of(SiteConfig site, Running running);
  }

  private HandGateway() {}

  /** Not started yet. */
  public static Gateway of(
      Path site, List<String> settings, Running running, String bus, Maker maker) throws Exception {
    var plan = plan(site, settings);
    var buses =
        plan.buses().stream()
            .map(
                each ->
                    each.name().equals(bus)
                        ? new Buses.Bus(bus, with -> maker.of(plan.config(), with))
                        : each)
            .toList();
    var changed =
        new Plan(
            plan.config(), plan.rules(), buses, plan.integrations(), plan.source(), plan.secrets());
    return Gateway.of(changed, running, (again, turn) -> {});
  }

  /** The driver of a bus as it is wired, not opened. */
  static Driver driver(Path site, Running running, String bus) {
    return plan(site, List.of()).buses().stream()
        .filter(each -> each.name().equals(bus))
        .map(each -> each.driver().apply(running))
        .findFirst()
        .orElseThrow();
  }

  /** Every chip that is installed. */
  public static Map<String, Chip<Section>> chips() {
    return Chips.TABLE;
  }

  private static Plan plan(Path site, List<String> settings) {
    var mistakes = new Mistakes();
    var plan = Plan.read(site, settings, mistakes);
    if (plan == null) {
      throw new AssertionError(new Diagnostics(mistakes).text());
    }
    return plan;
  }
}
