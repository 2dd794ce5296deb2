package org.kerbside.gateway.page;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Fitter;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Machine;

/** One sensor that can be asked, calibrated and swapped, and what was done to it. Thread-safe. */
final class Workshop implements Machine, Fitter {

  private volatile CountDownLatch gate = new CountDownLatch(0);
  // Guarded by this, all three.
  private final List<String> done = new ArrayList<>();
  private final Queue<Sight> sights = new ArrayDeque<>();
  private String at = "rs485-a/32";

  synchronized List<String> done() {
    return List.copyOf(done);
  }

  /** What the sensor will say when it is asked next. */
  synchronized void sees(Double... numbers) {
    sights.add(new Sight(List.of(numbers)));
  }

  @Override
  public Facts facts() {
    return Machine.NONE.facts();
  }

  @Override
  public synchronized List<Fitting> fittings(String asset) {
    return asset.equals("bin-2") || asset.equals("gap-1")
        ? List.of(new Fitting("ultrasonic-485", at, null, ""))
        : List.of();
  }

  @Override
  public synchronized @Nullable String calibrate(
      String asset, SequencedMap<String, String> set, String by) {
    done.add("calibrated %s %s %s".formatted(asset, set, by));
    return null;
  }

  @Override
  public synchronized @Nullable String bind(
      String asset, @Nullable String from, SequencedMap<String, String> set, String by) {
    var address = set.getOrDefault("at", "");
    if (address.endsWith("/41")) {
      return "rs485-a/41 is taken by air-1";
    }
    done.add("bound %s %s %s %s".formatted(asset, from, set, by));
    at = address;
    return null;
  }

  /** Null: as if it could not be asked. */
  @Override
  public synchronized @Nullable Sight look(String asset, String point, int times) {
    return sights.poll();
  }

  @Override
  public synchronized void record(String asset, SequencedMap<String, String> found, String by) {
    done.add("recorded %s %s %s".formatted(asset, found, by));
  }

  @Override
  public SequencedMap<String, List<String>> buses() {
    var line = IntStream.rangeClosed(1, 247).mapToObj(Integer::toString).toList();
    var buses = new TreeMap<String, List<String>>();
    buses.put("i2c-1", List.of("0x43", "0x44", "0x45"));
    buses.put("lamps", line);
    buses.put("rs485-a", line);
    return buses;
  }

  /** Four devices on two; the third is not open. */
  @Override
  public Met meet(String bus, String address) throws InterruptedException {
    gate.await();
    if (bus.equals("lamps")) {
      return new Met.Unasked("lamps is not open");
    }
    return switch (address) {
      case "0x44" -> new Met.Somebody(bus + "/0x44", List.of("sht31"));
      case "3" -> new Met.Somebody(bus + "/3", List.of());
      case "31" -> new Met.Somebody(bus + "/31", List.of("ultrasonic-485", "sht20"));
      case "32" -> new Met.Somebody(bus + "/32", List.of("ultrasonic-485"));
      default -> new Met.Nobody();
    };
  }

  @Override
  public List<Kind> kinds() {
    return List.copyOf(Street.SHOWN.values());
  }

  /** From now on it takes until that opens to ask anybody. */
  void waitsFor(CountDownLatch opening) {
    gate = opening;
  }
}
