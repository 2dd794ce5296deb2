package org.kerbside.drivers.coap;

import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Text;

/**
 * The keys of the devices, each shared with one of them alone (RFC 4279): who shows a device's key
 * is that device, and speaks for no other. Never printed.
 *
 * @param byDevice by the device's address, which is its identity in the handshake
 */
public record Keys(Map<String, byte[]> byDevice) {

  /** Shorter ones can be tried out: 128 bits, as RFC 7925 §4.2 says. */
  private static final int FEWEST_BYTES = 16;

  private static final int MOST_BYTES = 64;
  private static final String LINE = "one line a device: its address, a colon, its key in hex";

  public Keys {
    byDevice = Map.copyOf(byDevice);
  }

  /**
   * Reads {@code address:hex}, a line a device; empty lines and those with # say nothing. Null when
   * a mistake was told; of a key never more than its device.
   */
  static @Nullable Keys read(Text secret, Mistakes mistakes) {
    if (secret.style() != Text.Style.SECRET) {
      mistakes.add(
          secret.mark(),
          "E504",
          "the keys stand open in the site",
          "write keys: !secret coap-keys, and put them into that file, " + LINE);
      return null;
    }
    var keys = new LinkedHashMap<String, byte[]>();
    int number = 0;
    boolean isRight = true;
    for (var line : secret.text().lines().map(String::strip).toList()) {
      number++;
      if (!line.isEmpty() && !line.startsWith("#")) {
        var problem = take(line, keys);
        if (problem != null) {
          isRight = false;
          mistakes.add(
              secret.mark(), "E504", "line %d of the keys: %s".formatted(number, problem), LINE);
        }
      }
    }
    return isRight ? new Keys(keys) : null;
  }

  /** What is wrong with the line; null when nothing is. */
  private static @Nullable String take(String line, Map<String, byte[]> keys) {
    int colon = line.lastIndexOf(':');
    if (colon < 1) {
      return "no address before a colon";
    }
    var device = line.substring(0, colon).strip();
    try {
      var key = HexFormat.of().parseHex(line.substring(colon + 1).strip());
      if (key.length < FEWEST_BYTES || key.length > MOST_BYTES) {
        return "the key of '%s' has %d bytes, it takes %d to %d"
            .formatted(device, key.length, FEWEST_BYTES, MOST_BYTES);
      }
      return keys.put(device, key) == null ? null : "'%s' has a key already".formatted(device);
    } catch (IllegalArgumentException _) {
      return "the key of '%s' is not hex".formatted(device);
    }
  }

  /** A device without a key could never speak; a key of no device lets a stranger in. */
  void check(Mark mark, List<Device> devices, Dtls.Identity identity, Mistakes mistakes) {
    var addresses = devices.stream().map(Device::address).collect(Collectors.toSet());
    for (var device : devices) {
      if (identity == Dtls.Identity.NONE && !byDevice.containsKey(device.address())) {
        mistakes.add(
            device.at().mark(),
            "E504",
            "'%s' has no key on this bus".formatted(device.address()),
            "add a line to the bus's keys: %s:$(openssl rand -hex 16)".formatted(device.address()));
      }
    }
    for (var stranger : new TreeSet<>(byDevice.keySet())) {
      if (!addresses.contains(stranger)) {
        mistakes.add(
            mark,
            "E504",
            "there is a key of '%s', and no such device on this bus".formatted(stranger),
            Nearest.help(stranger, addresses));
      }
    }
  }

  /** Never a key. */
  @Override
  public String toString() {
    return "keys of %d devices".formatted(byDevice.size());
  }
}
