package org.kerbside.drivers.camel;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Delivery.Sending;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Sha256;

/** What a message says of each device, in the order of the devices' first mention. */
final class Saying {

  private static final int HASHED = 16; // bytes of SHA-256: no two messages of a site's life

  /** What one device's part says. */
  private static final class Part {
    private final List<Sample> samples = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
  }

  private final LinkedHashMap<String, Part> parts = new LinkedHashMap<>();
  private final Arrived arrived;
  private final Inlet inlet;
  private final Set<String> reported = new HashSet<>();
  private String refused = "";

  private Saying(Arrived arrived, Inlet inlet) {
    this.arrived = arrived;
    this.inlet = inlet;
  }

  /** Reads a message; what of it is none is reported. */
  static Saying of(Arrived arrived, CamelBus bus, Devices devices, Instant received, Inlet inlet) {
    var saying = new Saying(arrived, inlet);
    var items = Items.in(devices.format(), arrived.body(), received);
    items.problems().forEach(problem -> saying.refuse("malformed", arrived.name(), problem));
    for (var item : items.items()) {
      saying.take(item, bus.addressing(), devices);
    }
    return saying;
  }

  private void take(Item item, Addressing addressing, Devices devices) {
    var address =
        switch (addressing) {
          case Addressing.Only() -> devices.only().device().address();
          case Addressing.Inside(var pointer) -> item.text(pointer);
          case Addressing.Named named -> named.address(arrived.name());
        };
    if (address == null) {
      refuse("unknown-device", arrived.name(), "it says nowhere whose it is");
      return;
    }
    var whose = devices.at(address);
    if (whose == null) {
      refuse("unknown-device", address, "no device of this site has this address");
      return;
    }
    hear(item, whose);
  }

  private void hear(Item item, Whose whose) {
    var address = whose.device().address();
    try {
      var said = item.read(whose);
      var part = parts.computeIfAbsent(address, _ -> new Part());
      part.samples.addAll(said.samples());
      part.problems.addAll(said.problems());
    } catch (BadTelegram told) {
      refuse("malformed", address, told.getMessage());
    }
  }

  /** A message of a thousand lines tells each trouble of a device once. */
  private void refuse(String what, String subject, String problem) {
    if (reported.add(what + " " + subject)) {
      inlet.report(what, subject, problem);
    }
    refused = refused.isEmpty() ? problem : refused;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  int devices() {
    return parts.size();
  }

  /** The first thing that is wrong with it; empty when nothing is. */
  String refused() {
    return refused;
  }

  /** One a device. */
  List<Delivery> deliveries(Receipt receipt) {
    var deliveries = new ArrayList<Delivery>();
    parts.forEach(
        (address, part) ->
            deliveries.add(
                new Delivery(
                    address,
                    part.samples,
                    part.problems,
                    receipt,
                    Sending.FIRST,
                    key(address, part))));
    return deliveries;
  }

  /**
   * A file that was kept and not yet moved when we died is read again, and a client that got no
   * answer sends again: where the bytes and the file's time say all, they are the name.
   */
  private @Nullable String key(String address, Part part) {
    boolean isDated = part.samples.stream().allMatch(sample -> sample.at() != null);
    return isDated || !arrived.version().isEmpty()
        ? "%s#%s".formatted(address, hash(isDated ? "" : arrived.version()))
        : null;
  }

  private String hash(String version) {
    var hash = Sha256.bytes(version.getBytes(StandardCharsets.UTF_8), arrived.body());
    return HexFormat.of().formatHex(hash, 0, HASHED);
  }
}
