package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Text;

/**
 * What a site says of a Modbus line: {@code { driver: modbus, port: /dev/serial/by-id/…, line: 9600
 * 8N1 }} or {@code { driver: modbus, url: modbus://10.0.0.5:502 }}.
 */
public final class ModbusBus {

  private static final Duration TIMEOUT = Duration.ofMillis(500);
  private static final Duration LEAST_TIMEOUT = Duration.ofMillis(20);
  private static final Duration MOST_TIMEOUT = Duration.ofSeconds(10);
  private static final Duration EVERY = Duration.ofSeconds(10);
  private static final Duration LEAST_EVERY = Duration.ofMillis(100);
  private static final Duration MOST_EVERY = Duration.ofDays(1);
  private static final int RETRIES = 2;
  private static final int MOST_RETRIES = 10;

  private final Text name;
  private final Place place;
  private final Duration every;
  private final Duration timeout;
  private final int retries;

  private ModbusBus(Text name, Place place, Duration every, Duration timeout, int retries) {
    this.name = name;
    this.place = place;
    this.every = every;
    this.timeout = timeout;
    this.retries = retries;
  }

  /** Null when a mistake was told. */
  public static @Nullable ModbusBus read(BusConfig bus, Mistakes mistakes) {
    long before = mistakes.errors();
    var own = bus.own();
    own.text("driver"); // read by whoever chose us
    var place = PlaceReader.read(own, mistakes);
    var every = readEvery(own);
    var timeout = readTimeout(own);
    var retry = SlotReader.whole(own, "retry", 0, MOST_RETRIES, mistakes);
    own.refuseOthers("a modbus bus");
    return place == null || mistakes.errors() > before
        ? null
        : new ModbusBus(
            bus.name(),
            place,
            every == null ? EVERY : every,
            timeout == null ? TIMEOUT : timeout,
            retry == null ? RETRIES : retry);
  }

  /** The pace of a bus or a profile; null when it is missing. */
  static @Nullable Duration readEvery(Section own) {
    return duration(own, "every", EVERY, LEAST_EVERY, MOST_EVERY);
  }

  /** The patience of a bus or a profile; null when it is missing. */
  static @Nullable Duration readTimeout(Section own) {
    return duration(own, "timeout", TIMEOUT, LEAST_TIMEOUT, MOST_TIMEOUT);
  }

  private static @Nullable Duration duration(
      Section own, String key, Duration usual, Duration least, Duration most) {
    var written = own.duration(key);
    if (written != null && (written.compareTo(least) < 0 || written.compareTo(most) > 0)) {
      own.mistakes()
          .add(
              own.markOf(key),
              "E103",
              "'%s' is out of range".formatted(key),
              "write %d ms to %d s, as %d s"
                  .formatted(least.toMillis(), most.toSeconds(), Math.max(1, usual.toSeconds())));
    }
    return written;
  }

  /** Tells of what is wrong with its devices: their addresses, their profiles, what both share. */
  public void check(List<Device> devices, Mistakes mistakes) {
    new DeviceCheck(this, mistakes).check(devices);
  }

  String name() {
    return name.text();
  }

  /** Where the site names it. */
  Mark mark() {
    return name.mark();
  }

  Place place() {
    return place;
  }

  /** Until the first byte of an answer, where a profile does not ask for more. */
  Duration timeout() {
    return timeout;
  }

  /** Tries of a request that nobody answers, beyond the first. */
  int retries() {
    return retries;
  }

  /** How often a device is asked. */
  Duration every(ModbusProfile profile) {
    return profile.every() == null ? every : profile.every();
  }
}
