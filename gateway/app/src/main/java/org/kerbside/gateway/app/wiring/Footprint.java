package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * This process as the kernel sees it. Read from {@code /proc}, because {@code java.management}
 * would cost more than it tells.
 *
 * @param resident bytes in RAM; 0 where the kernel does not say, as the next
 * @param threads of the JVM's own too
 * @param heap bytes in use
 */
record Footprint(long resident, long threads, long heap) {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final Path SENSORS = Path.of("/sys/class/hwmon");
  private static final Path TEMPERATURE = Path.of("/sys/class/thermal/thermal_zone0/temp");

  static Footprint now() {
    var status = lines(STATUS);
    var runtime = Runtime.getRuntime();
    return new Footprint(
        number(status, "VmRSS:") * 1024,
        number(status, "Threads:"),
        runtime.totalMemory() - runtime.freeMemory());
  }

  /** The cache that the launcher named; null when it named none. */
  static @Nullable String cache() {
    return System.getProperty("kerbside.cache");
  }

  /** A JVM that the cache does not fit runs without it, and says nothing. */
  static boolean isCacheMapped() {
    var cache = cache();
    return cache != null && lines(MAPS).stream().anyMatch(line -> line.endsWith(cache));
  }

  private static long number(List<String> status, String name) {
    for (var line : status) {
      if (line.startsWith(name)) {
        return Long.parseLong(line.substring(name.length()).replace("kB", "").strip());
      }
    }
    return 0;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException none) {
      return List.of();
    }
  }

  /**
   * Whether the supply of a Raspberry Pi was too low when the kernel last looked, which it does
   * each two seconds; null on other boards.
   */
  static @Nullable Boolean undervoltage() {
    return undervoltage(SENSORS);
  }

  static @Nullable Boolean undervoltage(Path sensors) {
    try (var all = Files.list(sensors)) {
      for (var sensor : all.toList()) {
        if (lines(sensor.resolve("name")).equals(List.of("rpi_volt"))) {
          var told = lines(sensor.resolve("in0_lcrit_alarm"));
          return told.isEmpty() ? null : !told.equals(List.of("0"));
        }
      }
    } catch (IOException none) {
      return null;
    }
    return null;
  }

  /** Of the board's processor in °C; null where the kernel does not tell. */
  static @Nullable Double temperature() {
    try {
      return Double.parseDouble(Files.readString(TEMPERATURE).strip()) / 1000; // told in m°C
    } catch (IOException | NumberFormatException untold) {
      return null;
    }
  }
}
