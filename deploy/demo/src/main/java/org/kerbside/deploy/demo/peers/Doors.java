package org.kerbside.deploy.demo.peers;

import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.cli.CommandException;

/** Every door of a site by its driver's name, and what cannot be played, told once. */
final class Doors implements AutoCloseable {

  private static final String COAP = "127.0.0.1:5683";

  private final List<Door> doors = new ArrayList<>();
  private final List<String> told = new ArrayList<>();
  private final SiteConfig config;
  private final Play play;
  private final InstantSource wall;

  private Doors(SiteConfig config, Play play, InstantSource wall) {
    this.config = config;
    this.play = play;
    this.wall = wall;
  }

  /**
   * Opens all of them.
   *
   * @param wall what the devices' own clocks show when they are right
   */
  static Doors open(SiteConfig config, Play play, InstantSource wall) throws CommandException {
    var doors = new Doors(config, play, wall);
    try {
      for (var bus : config.buses()) {
        doors.open(bus);
      }
      return doors;
    } catch (CommandException taken) {
      doors.close();
      throw taken;
    }
  }

  /** A line for people on each bus. */
  List<String> told() {
    return List.copyOf(told);
  }

  /** What the devices of an asset measure from now on. */
  void hear(String asset, Said said) {
    doors.forEach(door -> door.hear(asset, said));
  }

  /** What has news says it. */
  void speak() {
    doors.forEach(Door::speak);
  }

  @Override
  public void close() {
    doors.reversed().forEach(Door::close);
  }

  private void open(BusConfig bus) throws CommandException {
    var name = bus.name().text();
    var door =
        switch (bus.driver().text()) {
          case "coap" -> coap(bus);
          case "board" -> uart(bus);
          case "lorawan" -> LorawanDoor.open(account(bus), radios(bus), play, wall);
          case "modbus" -> modbus(bus);
          case "mqtt" -> new MqttDoor(account(bus), sensors(bus), play, wall);
          default -> null;
        };
    if (door == null) {
      told.add("  %-8s not played: %s".formatted(name, why(bus)));
    } else {
      doors.add(door);
      told.add("  %-8s %s".formatted(name, door.place()));
    }
  }

  /** Why a bus has no door here. */
  private static String why(BusConfig bus) {
    return switch (bus.driver().text()) {
      case "simulator" -> "it is the gateway's own";
      case "board" ->
          bus.own().has("serial")
              ? "nobody plays the device at it"
              : "pins, and chips on I2C, are the board's own";
      case "coap" -> "by DTLS only with keys";
      default -> "nobody plays a '%s'".formatted(bus.driver().text());
    };
  }

  private @Nullable Door coap(BusConfig bus) throws CommandException {
    var name = bus.name().text();
    var dtls = bus.own().section("dtls");
    var line = dtls == null ? CoapLine.plain(name) : CoapLine.secure(name, dtls);
    if (dtls != null && line.isPlain()) {
      return null;
    }
    var listen = bus.own().text("listen");
    var place = URI.create("coap://" + (listen == null ? COAP : listen.text()));
    var gateway = new InetSocketAddress(place.getHost(), place.getPort());
    return CoapDoor.open(line, gateway, devices(bus), play, wall);
  }

  private static Broker.Account account(BusConfig bus) {
    var own = bus.own();
    var url = own.text("url");
    var user = own.text("user");
    var password = own.text("password");
    return new Broker.Account(
        URI.create(url == null ? "mqtt://127.0.0.1" : url.text()),
        user == null ? null : user.text(),
        password == null ? null : password.text());
  }

  private List<Device> radios(BusConfig bus) {
    return played(bus, device -> Milesight.of(model(device)) != null);
  }

  /** Those that publish SenML at {@code s/…}, as devices without a profile do. */
  private List<Device> sensors(BusConfig bus) {
    return played(bus, device -> device.profile() == null || model(device).equals("senml-mqtt"));
  }

  private List<Device> played(BusConfig bus, Predicate<Device> canBe) {
    var all = devices(bus);
    all.stream().filter(canBe.negate()).map(Doors::notPlayed).forEach(told::add);
    return all.stream().filter(canBe).toList();
  }

  private @Nullable Door modbus(BusConfig bus) throws CommandException {
    var name = bus.name().text();
    var port = bus.own().text("port");
    var url = bus.own().text("url");
    if (port != null) {
      return RtuDoor.open(name, Path.of(port.text()), new Line(Framing.RTU, slaves(bus), play));
    }
    if (url == null) {
      return null;
    }
    var place = URI.create(url.text());
    var framing = "rtu".equals(place.getScheme()) ? Framing.RTU : Framing.TCP;
    return ModbusDoor.open(name, place, new Line(framing, slaves(bus), play));
  }

  /** A serial port of the board's has one device. */
  private @Nullable Door uart(BusConfig bus) throws CommandException {
    var port = bus.own().text("serial");
    var devices = port == null ? List.<Device>of() : devices(bus);
    if (port == null || devices.isEmpty()) {
      return null;
    }
    var device = devices.getFirst();
    var model = UartModel.of(device.profile());
    return model == null ? null : UartDoor.open(Path.of(port.text()), device, model, play);
  }

  private Map<Integer, Slave> slaves(BusConfig bus) {
    var slaves = new LinkedHashMap<Integer, Slave>();
    for (var device : devices(bus)) {
      var map = RegisterMap.of(model(device));
      if (map == null) {
        told.add(notPlayed(device));
      } else {
        slaves.put(Integer.valueOf(device.address()), new Slave(device.asset().id(), map, play));
      }
    }
    return slaves;
  }

  private List<Device> devices(BusConfig bus) {
    var name = bus.name().text();
    return config.devices().stream()
        .filter(device -> device.bus().equals(name) && play.assets().contains(device.asset().id()))
        .toList();
  }

  private static String notPlayed(Device device) {
    return "  %-8s not played: nobody plays a '%s'".formatted(device.at(), model(device));
  }

  private static String model(Device device) {
    return device.profile() == null ? "" : device.profile().name().text();
  }
}
