package org.kerbside.drivers.lorawan;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.drivers.lorawan.LorawanProfile.Listening;

/**
 * What a site says of its LoRaWAN, beside where ChirpStack's broker is.
 *
 * @param name as {@code at} names the bus
 * @param application ChirpStack's id of the one application that is listened to; absent for all
 * @param expiry an order that could not be told for so long is given up
 */
public record LorawanBus(String name, @Nullable String application, Duration expiry) {

  private static final Duration EXPIRY = Duration.ofHours(6);
  private static final String UUID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

  /** Reads its own settings; whoever reads the broker's refuses the rest. */
  public static LorawanBus read(BusConfig bus, Mistakes mistakes) {
    var own = bus.own();
    var application = own.text("application");
    var expiry = own.duration("expiry");
    if (application != null && !application.text().matches(UUID)) {
      mistakes.add(
          application.mark(),
          "E104",
          "'%s' is no application's id".formatted(application),
          "copy it from ChirpStack: 52f14cd4-c6f1-4fbd-8f87-4025e1d49242");
    }
    return new LorawanBus(
        bus.name().text(),
        application == null ? null : application.text(),
        expiry == null ? EXPIRY : expiry);
  }

  /** Tells of what is wrong with its devices, and with their profiles, each profile once. */
  public void check(List<Device> devices, Mistakes mistakes) {
    var profiles = new HashMap<String, @Nullable LorawanProfile>();
    var models = new HashMap<String, String>();
    var addresses = new HashSet<Address>();
    for (var device : devices) {
      var address = address(device, mistakes);
      var profile = device.profile();
      if (profile == null) {
        mistakes.add(
            device.at().mark(),
            "E001",
            "'profile' is missing",
            "add the device's model, as profile: em400-mud");
        continue;
      }
      String model = profile.name().text();
      if (!profiles.containsKey(model)) {
        profiles.put(model, LorawanProfile.read(profile, mistakes));
      }
      if (address != null) {
        checkPoints(device, address, profiles.get(model), mistakes);
        checkPatience(device, address, profiles.get(model), mistakes);
        if (!addresses.add(address)) {
          tell(device, "E203", "'%s' is there twice", "each channel has one asset", mistakes);
        }
        var other = models.putIfAbsent(address.eui(), model);
        if (other != null && !other.equals(model)) {
          tell(
              device,
              "E201",
              "'%s' is a '" + other + "' elsewhere",
              "give all channels of a device one profile",
              mistakes);
        }
      }
    }
  }

  /** A device none of whose quantities its asset has is the wrong one, or at the wrong channel. */
  private static void checkPoints(
      Device device, Address address, @Nullable LorawanProfile profile, Mistakes mistakes) {
    if (profile == null) {
      return;
    }
    var quantities = profile.quantities(address.channel());
    if (quantities.stream().noneMatch(name -> device.asset().point(name) != null)) {
      mistakes.add(
          device.at().mark(),
          "E404",
          "'%s' at '%s' measures nothing that '%s' has"
              .formatted(profile.name(), device.address(), device.asset().id()),
          quantities.isEmpty()
              ? "see the channels in its profile"
              : "it measures %s; choose another kind, channel or profile"
                  .formatted(String.join(", ", quantities)));
    }
  }

  /** What listens only after it spoke shows nothing within a minute. */
  private static void checkPatience(
      Device device, Address address, @Nullable LorawanProfile profile, Mistakes mistakes) {
    if (profile == null || profile.listening() == Listening.ALWAYS) {
      return;
    }
    var asset = device.asset();
    var binding = new Binding(device.address(), address.channel(), asset);
    boolean isMoved =
        asset.points().stream()
            .anyMatch(
                point ->
                    point.spec().isWritable() && binding.output(point.name(), profile) != null);
    if (isMoved && !asset.settings().containsKey("verify")) {
      mistakes.add(
          device.at().mark(),
          "W208",
          "'%s' hears an order only after its next uplink, and shows it later than in 60 s"
              .formatted(device.address()),
          "add verify: 30min, or what its uplinks are apart");
    }
  }

  private static @Nullable Address address(Device device, Mistakes mistakes) {
    var address = Address.of(device.address());
    if (address == null) {
      tell(
          device,
          "E104",
          "'%s' is no DevEUI",
          "write its 16 hex digits, and /2 for a second channel: lora/24e124136b502217/2",
          mistakes);
    }
    return address;
  }

  private static void tell(
      Device device, String code, String problem, String remedy, Mistakes mistakes) {
    mistakes.add(device.at().mark(), code, problem.formatted(device.address()), remedy);
  }
}
