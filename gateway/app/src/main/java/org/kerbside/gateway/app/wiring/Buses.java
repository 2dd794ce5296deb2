package org.kerbside.gateway.app.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.SiteConfig;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.coap.CoapBus;
import org.kerbside.drivers.coap.CoapField;
import org.kerbside.drivers.modbus.ModbusBus;
import org.kerbside.drivers.modbus.ModbusField;
import org.kerbside.drivers.mqtt.MqttBus;
import org.kerbside.drivers.mqtt.MqttField;
import org.kerbside.drivers.simulator.Street;
import org.kerbside.drivers.simulator.StreetBus;
import org.kerbside.gateway.model.Clock;

/** Every driver by the name that a site writes. A new driver is one folder and one case here. */
final class Buses {

  static final Set<String> NAMES = new TreeSet<>(Set.of("coap", "modbus", "mqtt", "simulator"));

  /** A bus whose section is read and right: makes its driver once the clock is there. */
  record Bus(String name, Function<Clock, Driver> driver) {}

  private Buses() {}

  static List<Bus> read(SiteConfig site, Mistakes mistakes) {
    var buses = new ArrayList<Bus>();
    for (var config : site.buses()) {
      var devices =
          site.devices().stream().filter(d -> d.bus().equals(config.name().text())).toList();
      var driver = driver(site, config, devices, mistakes);
      if (driver != null) {
        buses.add(new Bus(config.name().text(), driver));
      }
    }
    return buses;
  }

  private static @Nullable Function<Clock, Driver> driver(
      SiteConfig site, BusConfig config, List<Device> devices, Mistakes mistakes) {
    return switch (config.driver().text()) {
      case "coap" -> {
        var bus = CoapBus.read(config, mistakes);
        if (bus != null) {
          bus.check(devices, mistakes);
        }
        yield bus == null ? null : clock -> new CoapField(bus, devices, () -> clock.now().wall());
      }
      case "modbus" -> {
        var bus = ModbusBus.read(config, mistakes);
        if (bus != null) {
          bus.check(devices, mistakes);
        }
        yield bus == null ? null : _ -> new ModbusField(bus, devices);
      }
      case "mqtt" -> {
        var bus = MqttBus.read(config, mistakes);
        if (bus != null) {
          bus.check(devices, mistakes);
        }
        var client = "kerbside-%s-%s".formatted(site.site().id(), config.name());
        yield bus == null
            ? null
            : clock -> new MqttField(bus, client, devices, () -> clock.now().wall());
      }
      case "simulator" -> {
        var bus = StreetBus.read(config, mistakes);
        bus.check(devices, mistakes);
        yield clock -> new Street(bus, site.site(), devices, clock);
      }
      default -> null; // The site's reader has refused the name.
    };
  }
}
