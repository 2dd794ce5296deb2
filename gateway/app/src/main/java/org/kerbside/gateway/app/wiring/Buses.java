package org.kerbside.gateway.app.wiring;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.SiteConfig;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.MessageBus;
import org.kerbside.drivers.api.SerialPorts;
import org.kerbside.drivers.board.BoardBus;
import org.kerbside.drivers.board.ChipField;
import org.kerbside.drivers.board.JSerialPorts;
import org.kerbside.drivers.board.LinuxHardware;
import org.kerbside.drivers.board.PinField;
import org.kerbside.drivers.board.Place;
import org.kerbside.drivers.camel.CamelBus;
import org.kerbside.drivers.camel.CamelField;
import org.kerbside.drivers.coap.CoapBus;
import org.kerbside.drivers.coap.CoapField;
import org.kerbside.drivers.lorawan.LorawanBus;
import org.kerbside.drivers.lorawan.LorawanField;
import org.kerbside.drivers.modbus.ModbusBus;
import org.kerbside.drivers.modbus.ModbusField;
import org.kerbside.drivers.mqtt.FieldBroker;
import org.kerbside.drivers.mqtt.MqttBus;
import org.kerbside.drivers.mqtt.MqttField;
import org.kerbside.drivers.simulator.Street;
import org.kerbside.drivers.simulator.StreetBus;

/** Every driver by the name that a site writes. A new driver is one folder and one case here. */
final class Buses {

  static final Set<String> NAMES =
      new TreeSet<>(Set.of("board", "camel", "coap", "lorawan", "modbus", "mqtt", "simulator"));

  /** A bus whose section is read and right: makes its driver once clock and folder are there. */
  record Bus(String name, Function<Running, Driver> driver) {}

  private Buses() {}

  static List<Bus> read(SiteConfig site, Mistakes mistakes) {
    var buses = new ArrayList<Bus>();
    BoardBus.checkTogether(site.buses(), mistakes);
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

  private static @Nullable Function<Running, Driver> driver(
      SiteConfig site, BusConfig config, List<Device> devices, Mistakes mistakes) {
    return switch (config.driver().text()) {
      case "board" -> {
        var bus = BoardBus.read(config, mistakes);
        if (bus != null) {
          bus.check(devices, Chips.TABLE, mistakes);
        }
        yield bus == null ? null : with -> board(bus, devices, with);
      }
      case "camel" -> {
        var bus = CamelBus.read(config, mistakes);
        if (bus != null) {
          bus.check(devices, mistakes);
        }
        yield bus == null
            ? null
            : with -> new CamelField(bus, devices, () -> with.clock().now().wall());
      }
      case "coap" -> {
        var bus = CoapBus.read(config, mistakes);
        if (bus != null) {
          bus.check(devices, mistakes);
        }
        yield bus == null
            ? null
            : with ->
                new CoapField(
                    bus, devices, () -> with.clock().now().wall(), with.data().resolve("identity"));
      }
      case "lorawan" -> {
        var bus = LorawanBus.read(config, mistakes);
        bus.check(devices, mistakes);
        var door = MqttBus.read(config, mistakes);
        yield door == null
            ? null
            : with -> new LorawanField(bus, broker(site, door), devices, with.clock(), Buses::id);
      }
      case "modbus" -> {
        var bus = ModbusBus.read(config, mistakes);
        if (bus != null) {
          bus.check(devices, mistakes);
        }
        yield bus == null
            ? null
            : with ->
                new ModbusField(bus, devices, ports(with), () -> Profiles.shipped().of("modbus"));
      }
      case "mqtt" -> {
        var bus = MqttBus.read(config, mistakes);
        if (bus != null) {
          bus.check(devices, mistakes);
        }
        yield bus == null
            ? null
            : with -> new MqttField(broker(site, bus), devices, () -> with.clock().now().wall());
      }
      case "simulator" -> {
        var bus = StreetBus.read(config, mistakes);
        bus.check(devices, mistakes);
        yield with -> new Street(bus, site.site(), devices, with.clock());
      }
      default -> null; // The site's reader has refused the name.
    };
  }

  /** Where libraries may unpack what they have of native code. */
  private static Path natives(Running with) {
    return with.data().resolve("native");
  }

  private static SerialPorts ports(Running with) {
    return new JSerialPorts(natives(with));
  }

  private static Driver board(BoardBus bus, List<Device> devices, Running with) {
    return switch (bus.place()) {
      case Place.Lines lines ->
          new PinField(bus, lines, devices, new LinuxHardware(natives(with)), with.clock()::nanos);
      case Place.Wires wires ->
          new ChipField(
              bus,
              wires,
              devices,
              Chips.TABLE,
              new LinuxHardware(natives(with)),
              ports(with),
              with.clock()::nanos);
    };
  }

  private static MessageBus broker(SiteConfig site, MqttBus bus) {
    return new FieldBroker(bus, "kerbside-%s-%s".formatted(site.site().id(), bus.name()));
  }

  private static String id() {
    return UUID.randomUUID().toString();
  }
}
