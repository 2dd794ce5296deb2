package org.kerbside.drivers.camel;

import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Text;

/**
 * Where messages come from, by a consumer of Camel's.
 *
 * @param name as {@code at} names the bus
 * @param from with all that the house asks of the component
 */
public record CamelBus(String name, EndpointUri from, Addressing addressing, Mark mark) {

  private static final List<String> ACCEPTABLE = List.of("plaintext");
  private static final String AT = "(\\[[0-9A-Fa-f:.]+]|[^:/\\[\\]]+):(\\d{1,5})";
  private static final Pattern LINES = Pattern.compile("(?:tcp|udp)://" + AT);
  private static final Pattern REQUESTS = Pattern.compile("(?:https?:)?(?://)?" + AT + "(?:/.*)?");
  private static final Pattern LOOPBACK = Pattern.compile("127\\..*|localhost|\\[::1]");

  /** Null when a mistake was told. */
  public static @Nullable CamelBus read(BusConfig bus, Mistakes mistakes) {
    long before = mistakes.errors();
    var own = bus.own();
    own.text("driver"); // read by whoever chose us
    var from = own.required("from", "\"netty:udp://0.0.0.0:7001\"");
    var written = own.text("address");
    var addressing = Addressing.read(written, mistakes);
    var options = own.section("options");
    var accepted = own.texts("accept");
    own.refuseOthers("a camel bus");
    refuseUnacceptable(accepted, mistakes);
    if (from == null || addressing == null) {
      return null;
    }
    var uri = EndpointUri.of(from);
    uri = options == null ? uri : uri.with(options);
    var way = Way.of(uri.scheme());
    if (addressing instanceof Addressing.Named && !way.hasNames() && written != null) {
      mistakes.add(
          written.mark(),
          "E104",
          "messages of '%s' have no name".formatted(uri.scheme()),
          "write a JSON pointer, as /id, to where they say whose they are");
    }
    checkPlace(uri, way, accepted, mistakes);
    var whole = Furnishing.of(uri, addressing, mistakes);
    return whole == null || mistakes.errors() > before
        ? null
        : new CamelBus(bus.name().text(), whole, addressing, from.mark());
  }

  Way way() {
    return Way.of(from.scheme());
  }

  /** Tells of what is wrong with the profiles of its devices, and of what Camel refuses. */
  public void check(List<Device> devices, Mistakes mistakes) {
    checkProfiles(devices, mistakes);
    if (addressing instanceof Addressing.Only && devices.size() != 1) {
      mistakes.add(
          mark,
          "E001",
          "'address' is missing: the bus has %d devices".formatted(devices.size()),
          "say where a message says whose it is: address: /id, or \"{address}.csv\"");
    }
    var camel = Contexts.make(name, CamelField.beans(name, way()));
    Endpoints.judge(camel, from, mistakes);
    camel.stop();
  }

  private void checkProfiles(List<Device> devices, Mistakes mistakes) {
    var read = new HashMap<String, @Nullable CamelProfile>();
    Format spoken = null;
    for (var device : devices) {
      var profile = device.profile();
      var name = profile == null ? "" : profile.name().text();
      if (!read.containsKey(name)) {
        read.put(name, CamelProfile.read(profile, mistakes));
      }
      var known = read.get(name);
      var format = known == null ? null : known.format();
      if (format != null && spoken != null && !format.equals(spoken)) {
        mistakes.add(
            device.at().mark(),
            "E104",
            "its messages are written otherwise than those of the bus's first device",
            "give it a bus of its own");
      }
      spoken = spoken == null ? format : spoken;
    }
    if (spoken instanceof Format.Senml && addressing instanceof Addressing.Inside) {
      mistakes.add(
          mark,
          "E104",
          "a pack of SenML has no address inside",
          "take it from the name, as address: /readings/{address}, or give each a profile");
    }
  }

  private static void refuseUnacceptable(List<Text> accepted, Mistakes mistakes) {
    for (var word : accepted) {
      if (!ACCEPTABLE.contains(word.text())) {
        mistakes.add(
            word.mark(),
            "E104",
            "'%s' is nothing that can be accepted here".formatted(word),
            Nearest.help(word.text(), ACCEPTABLE));
      }
    }
  }

  /** Who listens says where; and that anybody there may read and write, if that is so. */
  private static void checkPlace(EndpointUri uri, Way way, List<Text> accepted, Mistakes mistakes) {
    if (!way.isOpenToTheNetwork()) {
      return;
    }
    var place = (way == Way.NETTY ? LINES : REQUESTS).matcher(uri.path());
    if (!place.matches() || Integer.parseInt(place.group(2)) > 65_535) {
      mistakes.add(
          uri.written().mark(),
          "E104",
          "'%s' names no host and port".formatted(uri),
          "write %s"
              .formatted(
                  way == Way.NETTY ? "netty:udp://0.0.0.0:7001" : "netty-http:0.0.0.0:8085"));
      return;
    }
    boolean isPrivate =
        LOOPBACK.matcher(place.group(1)).matches() || uri.option("ssl").equals("true");
    if (!isPrivate && accepted.stream().noneMatch(word -> word.text().equals("plaintext"))) {
      mistakes.add(
          uri.written().mark(),
          "E501",
          "anybody in that network may read and write it, and that is not accepted here",
          "add accept: [plaintext] if the field's network is yours alone");
    }
  }
}
