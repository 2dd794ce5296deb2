package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Text;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Site;
import org.kerbside.gateway.model.Value;

/** A small quarter of the city under test: its world, its time, and everything that was said. */
final class Quarter {

  static final Site SITE =
      new Site("TEST-1", "test", ZoneId.of("Asia/Shanghai"), 30.6586, 104.0583);
  static final Duration STEP = Duration.ofSeconds(1);

  private final World world;
  private final Instant begin;
  private final List<Told> told = new ArrayList<>();
  private Instant now;

  /** One sample, with who said it and when. */
  record Told(Instant at, String device, Sample sample) {

    double number() {
      return sample.value() instanceof Value.Num(var number) ? number : Double.NaN;
    }
  }

  /** At a wall-clock time of the site, as 2026-06-15T20:00. */
  Quarter(long seed, String begin, List<Device> devices, PlannedFault... faults) {
    this.world = new World(new StreetBus(seed, STEP, List.of(faults)), SITE, devices);
    this.begin = java.time.LocalDateTime.parse(begin).atZone(SITE.zone()).toInstant();
    this.now = this.begin;
  }

  /** A toilet with stalls and air, bins, lamps on a feeder, zones on a master. */
  static List<Device> whole() {
    var devices = new ArrayList<Device>();
    devices.add(device("toilet", "wc-1", null));
    for (int i = 1; i <= 6; i++) {
      devices.add(device("stall", "stall-" + i, "wc-1"));
    }
    devices.add(device("air", "air-1", "wc-1"));
    devices.add(device("bin", "bin-1", null));
    devices.add(device("bin", "bin-2", null));
    devices.addAll(lighting());
    devices.addAll(irrigation());
    return devices;
  }

  static List<Device> lighting() {
    var devices = new ArrayList<Device>();
    for (int i = 1; i <= 8; i++) {
      devices.add(device("lamp", "lamp-" + i, "feeder-1"));
    }
    devices.add(device("feeder", "feeder-1", null));
    return devices;
  }

  static List<Device> irrigation() {
    return List.of(
        device("zone", "zone-1", "master-1"),
        device("zone", "zone-2", "master-1"),
        device("master", "master-1", null));
  }

  static Device device(String kind, String id, @Nullable String parent) {
    var table =
        new Kind(
            kind,
            new LinkedHashMap<>(),
            List.of(),
            List.of(),
            Kind.Parent.OPTIONAL,
            Kind.Device.OPTIONAL);
    var asset = new Asset(id, table, id, parent, List.of(), Map.of(), Map.of());
    return new Device("sim", id, text("sim/" + id), asset, null);
  }

  static Text text(String word) {
    return new Text(word, Mark.of("test", word), Text.Style.PLAIN);
  }

  static PlannedFault fault(Fault fault, String asset, Duration after, Duration lasts) {
    return new PlannedFault(fault, text(asset), new PlannedFault.Begin.After(after), lasts);
  }

  Quarter pass(Duration time) {
    return pass(time, STEP);
  }

  Quarter pass(Duration time, Duration step) {
    var end = now.plus(time);
    while (now.isBefore(end)) {
      for (Delivery delivery : world.step(now)) {
        for (var sample : delivery.samples()) {
          told.add(new Told(now, delivery.device(), sample));
        }
      }
      now = now.plus(step);
    }
    return this;
  }

  Quarter move(String device, String quantity, double share) {
    world.move(device, quantity, new Value.Num(share));
    return this;
  }

  Quarter move(String device, String quantity, Value.Flag flag) {
    world.move(device, quantity, flag);
    return this;
  }

  void strike(Fault fault, String asset, Duration lasts) {
    world.strike(fault, asset, lasts);
  }

  /** The time that the quarter has come to. */
  Instant now() {
    return now;
  }

  List<Told> told() {
    return told;
  }

  List<Told> of(String device, String quantity) {
    return told.stream()
        .filter(t -> t.device().equals(device) && t.sample().quantity().equals(quantity))
        .toList();
  }

  /** What a device said of a quantity since {@code after} the beginning. */
  List<Told> of(String device, String quantity, Duration after) {
    return of(device, quantity).stream().filter(t -> !t.at().isBefore(begin.plus(after))).toList();
  }

  Told last(String device, String quantity) {
    return of(device, quantity).getLast();
  }

  int hour(Told word) {
    return word.at().atZone(SITE.zone()).getHour();
  }
}
