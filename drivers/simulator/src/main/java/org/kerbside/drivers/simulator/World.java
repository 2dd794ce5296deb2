package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Value;

/**
 * The street as it lives: steps from instant to instant and tells what its devices say. Knows no
 * clock: the same bus, devices, orders and instants give the same samples. Belongs to one thread.
 */
final class World {

  private final Site site;
  private final List<PlannedFault> planned;
  private final Climate climate;
  private final Map<String, Thing> things = new LinkedHashMap<>();
  private final List<Thing> sourcesFirst;
  private final Set<Fault> elsewhere;
  private final List<Strike> struck = new ArrayList<>();
  private final List<LiveFault> live = new ArrayList<>();
  private @Nullable Instant started;
  private @Nullable Instant last;
  private Map<String, Set<Fault>> present = Map.of(); // in the last step

  /** A device with what it measures and what its wire makes of that. */
  private record Thing(Device device, Body body, Wire wire) {}

  private record Strike(Fault fault, String asset, Duration lasts) {}

  private record LiveFault(Fault fault, String asset, Instant until) {}

  World(StreetBus bus, Site site, List<Device> devices) {
    this(bus, site, devices, Set.of());
  }

  /**
   * As {@link World}.
   *
   * @param elsewhere faults that somebody else plays: its samples do not show them
   */
  World(StreetBus bus, Site site, List<Device> devices, Set<Fault> elsewhere) {
    this.elsewhere = Set.copyOf(elsewhere);
    this.site = site;
    this.planned = bus.faults();
    this.climate = new Climate(bus.seed(), site);
    var bodies = new Bodies(bus.seed(), site, devices);
    for (var device : devices) {
      var body = bodies.of(device.asset());
      if (body != null) {
        things.put(device.address(), new Thing(device, body, new Wire()));
      }
    }
    this.sourcesFirst =
        things.values().stream().sorted(Comparator.comparingInt(World::rank)).toList();
  }

  /** Whether devices of that asset's kind can be played. */
  static boolean knows(Asset asset) {
    return Bodies.KINDS.contains(asset.kind().name());
  }

  /** Lets time pass until {@code now}, and tells what was said at its end. */
  List<Delivery> step(Instant now) {
    started = started == null ? now : started;
    live.removeIf(fault -> !now.isBefore(fault.until()));
    struck.forEach(s -> live.add(new LiveFault(s.fault(), s.asset(), now.plus(s.lasts()))));
    struck.clear();
    var faults = faults(now, started);
    present = faults;
    var scene = scene(now, everywhere(faults));
    last = now;
    for (var thing : sourcesFirst) {
      thing.body().live(scene, of(thing, faults));
    }
    var said = new ArrayList<Delivery>();
    for (var thing : things.values()) {
      var samples = thing.wire().carry(thing.body().say(scene), shown(thing, faults), now);
      if (!samples.isEmpty()) {
        said.add(Delivery.of(thing.device().address(), samples));
      }
    }
    return said;
  }

  /** Moves an output that {@link Orders} allows; its next sample tells. */
  void move(String address, String quantity, Value value) {
    var thing = things.get(address);
    if (thing != null) {
      thing.body().move(quantity, value);
    }
  }

  /** Strikes an asset from the next step on. */
  void strike(Fault fault, String asset, Duration lasts) {
    struck.add(new Strike(fault, asset, lasts));
  }

  /** What struck that asset in the last step. */
  Set<Fault> faults(String asset) {
    return Set.copyOf(present.getOrDefault(asset, Set.of()));
  }

  private static Set<Fault> everywhere(Map<String, Set<Fault>> faults) {
    var everywhere = EnumSet.noneOf(Fault.class);
    faults.values().forEach(everywhere::addAll);
    everywhere.retainAll(Fault.EVERYWHERE);
    return everywhere;
  }

  private Scene scene(Instant now, Set<Fault> everywhere) {
    double seconds = last == null ? 0 : Duration.between(last, now).toNanos() / 1e9;
    return new Scene(
        now, seconds, now.atZone(site.zone()), climate.at(now, everywhere), everywhere);
  }

  private Map<String, Set<Fault>> faults(Instant now, Instant since) {
    var faults = new HashMap<String, Set<Fault>>();
    for (var fault : planned) {
      if (fault.isActive(now, since, site.zone())) {
        add(faults, fault.asset().text(), fault.fault());
      }
    }
    for (var fault : live) {
      add(faults, fault.asset(), fault.fault());
    }
    return faults;
  }

  private static void add(Map<String, Set<Fault>> faults, String asset, Fault fault) {
    faults.computeIfAbsent(asset, none -> EnumSet.noneOf(Fault.class)).add(fault);
  }

  private static Set<Fault> of(Thing thing, Map<String, Set<Fault>> faults) {
    return faults.getOrDefault(thing.device().asset().id(), Set.of());
  }

  private Set<Fault> shown(Thing thing, Map<String, Set<Fault>> faults) {
    var own = of(thing, faults);
    if (own.isEmpty() || elsewhere.isEmpty()) {
      return own;
    }
    var shown = EnumSet.copyOf(own);
    shown.removeAll(elsewhere);
    return shown;
  }

  /** What feeds others lives before them. */
  private static int rank(Thing thing) {
    return switch (thing.body()) {
      case Sky sky -> 0;
      case Box box -> 0;
      case Dust dust -> 0;
      case Manhole manhole -> 0;
      case Feeder feeder -> 0;
      case Master master -> 0;
      case Lamp lamp -> 1;
      case Zone zone -> 1;
      case Stall stall -> 1;
      case Bin bin -> 1;
      case Air air -> 2;
      case Toilet toilet -> 2;
    };
  }
}
