package org.kerbside.gateway.app.wiring;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Nearest;
import org.kerbside.drivers.api.DeviceException;
import org.kerbside.drivers.api.Driver;
import org.kerbside.drivers.api.Inspection;
import org.kerbside.drivers.api.Inspection.Presence;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.ControlServer;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Requests.About;
import org.kerbside.gateway.model.Fitter.Met;
import org.kerbside.gateway.model.Fitter.Sight;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Value;

/** What {@code kerbside read} and {@code scan} print: a look past the pipeline, into a bus. */
final class Looking {

  private final Map<String, Inspection> buses = new TreeMap<>();
  private final List<Device> devices;

  /**
   * Into those of the buses that can be looked into.
   *
   * @param drivers by the name of the bus
   */
  Looking(Map<String, Driver> drivers, List<Device> devices) {
    this.devices = List.copyOf(devices);
    drivers.forEach(
        (name, driver) -> {
          if (driver instanceof Inspection looked) {
            buses.put(name, looked);
          }
        });
  }

  /** What the device that speaks for a point says to so many questions in a row. */
  @Nullable Sight at(String asset, String point, int times) throws InterruptedException {
    var device =
        devices.stream()
            .filter(one -> one.asset().id().equals(asset) && one.tells(point))
            .filter(one -> buses.containsKey(one.bus()))
            .findFirst()
            .orElse(null);
    var bus = device == null ? null : buses.get(device.bus());
    if (device == null || bus == null) {
      return null;
    }
    var numbers = new ArrayList<Double>();
    for (int i = 0; i < times; i++) {
      try {
        bus.look(device.address()).samples().stream()
            .filter(sample -> sample.quantity().equals(point))
            .flatMap(sample -> number(sample).stream())
            .forEach(numbers::add);
      } catch (DeviceException deaf) {
        // It said nothing that time; too few answers are seen in their count.
      }
    }
    return new Sight(numbers);
  }

  /** A good one, in the unit that points are kept in. */
  private static Optional<Double> number(Sample sample) {
    var unit = sample.unit();
    return sample.quality() instanceof Quality.Good && sample.value() instanceof Value.Num(var said)
        ? Optional.of(unit == null ? said : unit.toKept(said))
        : Optional.empty();
  }

  /** The addresses of each bus on which devices can be looked for. */
  SequencedMap<String, List<String>> addresses() {
    var all = new LinkedHashMap<String, List<String>>();
    buses.forEach(
        (name, bus) -> {
          var addresses = bus.addresses();
          if (!addresses.isEmpty()) {
            all.put(name, addresses);
          }
        });
    return all;
  }

  /** Who is at an address, whether the site knows of him or not. */
  Met meet(String name, String address) throws InterruptedException {
    var bus = buses.get(name);
    if (bus == null) {
      return new Met.Unasked("there is no bus '%s' that can be looked into".formatted(name));
    }
    try {
      return switch (bus.presence(address)) {
        case Presence.Nobody() -> new Met.Nobody();
        case Presence.Somebody(var likely) -> new Met.Somebody(name + "/" + address, likely);
      };
    } catch (DeviceException.Unavailable told) {
      return new Met.Unasked(told.getMessage());
    } catch (DeviceException none) {
      return new Met.Nobody(); // No address of this bus, or nothing that could say so.
    }
  }

  /** Something that a bus is asked. */
  private interface Question {
    String ask(Inspection bus, String address) throws DeviceException, InterruptedException;
  }

  /** The answers of the control socket, by request. */
  Map<String, About> answers() {
    return Map.of(
        ControlServer.request("read", Format.TEXT),
        at -> ask(at, (bus, address) -> text(at, bus.look(address).samples())),
        ControlServer.request("talk", Format.TEXT),
        at -> ask(at, (bus, address) -> talk(at, bus.look(address))),
        ControlServer.request("read", Format.JSON),
        at -> ask(at, (bus, address) -> json(at, bus.look(address))),
        ControlServer.request("talk", Format.JSON),
        at -> ask(at, (bus, address) -> json(at, bus.look(address))),
        ControlServer.request("addresses", Format.TEXT),
        this::addresses,
        ControlServer.request("scan", Format.TEXT),
        at -> ask(at, (bus, address) -> text(at, bus.presence(address))),
        ControlServer.request("scan", Format.JSON),
        at -> ask(at, (bus, address) -> json(at, bus.presence(address))));
  }

  /** A line each. */
  private String addresses(String name) throws CommandException {
    var addresses = bus(name).addresses();
    if (addresses.isEmpty()) {
      throw new CommandException(
          Exit.REFUSED,
          "nothing can be looked for on bus '%s': its devices do not say that they are there"
              .formatted(name),
          "kerbside read %s/ADDRESS asks one that the site lists".formatted(name));
    }
    return String.join("\n", addresses);
  }

  private Inspection bus(String name) throws CommandException {
    var bus = buses.get(name);
    if (bus == null) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "there is no bus '%s' that can be looked into".formatted(name),
          Nearest.help(name, buses.keySet()));
    }
    return bus;
  }

  private String ask(String at, Question question) throws CommandException {
    int slash = at.indexOf('/');
    var name = slash < 0 ? at : at.substring(0, slash);
    var bus = bus(name);
    if (slash < 0) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "'%s' is not bus/address".formatted(at),
          "write for example %s/1".formatted(at));
    }
    try {
      return question.ask(bus, at.substring(slash + 1));
    } catch (DeviceException told) {
      throw new CommandException(
          Exit.REFUSED, told.getMessage(), "kerbside scan %s shows who answers".formatted(name));
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new CommandException(Exit.REFUSED, "the service stops", "ask again when it runs");
    }
  }

  private String text(String at, List<Sample> samples) {
    int width = samples.stream().mapToInt(sample -> sample.quantity().length()).max().orElse(0);
    var lines =
        samples.stream()
            .map(s -> "  %s  %s".formatted(padded(s.quantity(), width), value(s)))
            .collect(Collectors.joining("\n"));
    return "%s · %s\n%s".formatted(at, whose(at), lines);
  }

  private String talk(String at, Inspection.Look look) {
    return text(at, look.samples()) + "\n" + String.join("\n", look.talk());
  }

  private String text(String at, Presence presence) {
    return switch (presence) {
      case Presence.Nobody() -> "";
      case Presence.Somebody(var likely) ->
          "%s · %s%s"
              .formatted(
                  at, whose(at), likely.isEmpty() ? "" : " · " + String.join("? ", likely) + "?");
    };
  }

  private String whose(String at) {
    var device = device(at);
    return device == null
        ? "no asset's"
        : device.asset().id() + (device.profile() == null ? "" : " · " + device.profile().name());
  }

  private @Nullable Device device(String at) {
    return devices.stream().filter(d -> d.at().text().equals(at)).findFirst().orElse(null);
  }

  private static String padded(String word, int width) {
    return word + " ".repeat(width - word.length());
  }

  private static String value(Sample sample) {
    var said =
        switch (sample.value()) {
          case null -> "unknown";
          case Value.Num(var number) ->
              sample.unit() == null ? "" + number : number + " " + sample.unit();
          case Value.Flag(var flag) -> Boolean.toString(flag);
          case Value.State(var word) -> word;
        };
    var why = why(sample);
    return why == null ? said : "%s: %s".formatted(said, why);
  }

  private static @Nullable String why(Sample sample) {
    return switch (sample.quality()) {
      case Quality.Good() -> null;
      case Quality.Uncertain(var reason) -> reason.text();
      case Quality.Bad(var reason) -> reason.text();
    };
  }

  private String json(String at, Inspection.Look look) {
    var device = device(at);
    return "{\"format\":1,\"address\":%s,\"asset\":%s,\"samples\":%s,\"talk\":%s}"
        .formatted(
            Diagnostics.quoted(at),
            device == null ? "null" : Diagnostics.quoted(device.asset().id()),
            look.samples().stream().map(Looking::json).collect(Collectors.joining(",", "[", "]")),
            list(look.talk()));
  }

  private static String json(Sample sample) {
    var value =
        switch (sample.value()) {
          case null -> "null";
          case Value.Num(var number) -> Double.toString(number);
          case Value.Flag(var flag) -> Boolean.toString(flag);
          case Value.State(var word) -> Diagnostics.quoted(word);
        };
    var unit = sample.unit();
    var why = why(sample);
    return "{\"quantity\":%s,\"value\":%s,\"unit\":%s,\"why\":%s}"
        .formatted(
            Diagnostics.quoted(sample.quantity()),
            value,
            unit == null ? "null" : Diagnostics.quoted(unit.symbol()),
            why == null ? "null" : Diagnostics.quoted(why));
  }

  private static String json(String at, Presence presence) {
    return switch (presence) {
      case Presence.Nobody() -> "";
      case Presence.Somebody(var likely) ->
          "{\"format\":1,\"address\":%s,\"likely\":%s}"
              .formatted(Diagnostics.quoted(at), list(likely));
    };
  }

  private static String list(List<String> words) {
    return words.stream().map(Diagnostics::quoted).collect(Collectors.joining(",", "[", "]"));
  }
}
