package org.kerbside.config;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads {@code buses}: which there are and which driver speaks on each. */
final class Buses {

  /** The driver that any profile may stand on: it makes the device up. */
  static final String SIMULATOR = "simulator";

  private final Set<String> drivers;
  private final Mistakes mistakes;
  private final Map<String, BusConfig> byName = new LinkedHashMap<>();
  // A line without a driver is told of where it stands, not where its devices do.
  private final Map<String, Text> declared = new LinkedHashMap<>();

  Buses(Set<String> drivers, Mistakes mistakes) {
    this.drivers = drivers;
    this.mistakes = mistakes;
  }

  Map<String, BusConfig> byName() {
    return byName;
  }

  /** Their names as written, of those without a driver too. */
  Collection<Text> declared() {
    return declared.values();
  }

  Set<String> names() {
    return declared.keySet();
  }

  void read(@Nullable Section buses) {
    if (buses == null) {
      return;
    }
    for (var entry : buses.entries()) {
      var name = entry.key();
      declared.put(name.text(), name);
      var own = buses.section(name.text());
      var driver = own == null ? null : own.required("driver", "mqtt");
      if (own != null && driver != null && Identifier.isFit(name, mistakes) && isKnown(driver)) {
        byName.put(name.text(), new BusConfig(name, driver, own));
      }
    }
  }

  private boolean isKnown(Text driver) {
    if (drivers.contains(driver.text())) {
      return true;
    }
    mistakes.add(
        driver.mark(),
        "E207",
        "no driver '%s' is installed".formatted(driver),
        Nearest.help(driver.text(), drivers.stream().sorted().toList()));
    return false;
  }

  /** Whether one of them at least is made up. */
  boolean areSimulated() {
    return byName.values().stream().anyMatch(Buses::isSimulated);
  }

  /** Made-up readings must not pass for real ones, unless everybody knows. */
  void refuseMixture() {
    var real = byName.values().stream().filter(bus -> !isSimulated(bus)).findFirst();
    for (var bus : byName.values()) {
      if (real.isPresent() && isSimulated(bus)) {
        mistakes.add(
            bus.driver().mark(),
            "E209",
            "bus '%s' is simulated, bus '%s' is real".formatted(bus.name(), real.get().name()),
            "write demo: true, or remove one of them");
      }
    }
  }

  private static boolean isSimulated(BusConfig bus) {
    return bus.driver().text().equals(SIMULATOR);
  }
}
