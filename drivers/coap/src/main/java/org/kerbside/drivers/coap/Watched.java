package org.kerbside.drivers.coap;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Section;
import org.kerbside.config.Text;

/**
 * A sensor that waits to be asked, and the resource that is observed there: {@code observe: { A81:
 * coap://192.168.4.23/senml } }.
 *
 * @param device its address on the bus
 */
public record Watched(Text device, URI resource) {

  private static final int MOST = 256; // observations of one bus
  private static final String EXAMPLE = "coap://192.168.4.23/senml";

  /** Those of a bus; what is wrong is told, the others stand. */
  static List<Watched> read(@Nullable Section own, CoapBus.Reach reach, Mistakes mistakes) {
    var watched = new ArrayList<Watched>();
    if (own == null) {
      return watched;
    }
    for (var entry : own.entries()) {
      var written = own.text(entry.key().text());
      var resource = written == null ? null : resource(written, reach, mistakes);
      if (resource != null) {
        watched.add(new Watched(entry.key(), resource));
      }
    }
    if (watched.size() > MOST) {
      mistakes.add(
          own.mark(), "E009", "more than %d observations".formatted(MOST), "make another bus");
    }
    return watched;
  }

  private static @Nullable URI resource(Text written, CoapBus.Reach reach, Mistakes mistakes) {
    try {
      var uri = URI.create(written.text());
      var host = uri.getHost();
      if ("coap".equals(uri.getScheme()) && host != null && uri.getPath().length() > 1) {
        var address = InetAddress.ofLiteral(host);
        if (reach == CoapBus.Reach.ANYWHERE || address.isLoopbackAddress()) {
          return uri;
        }
        mistakes.add(
            written.mark(),
            "E501",
            "'%s' is observed in plaintext, beyond this machine".formatted(written),
            "accept: [plaintext] if that network is yours alone");
        return null;
      }
    } catch (IllegalArgumentException told) {
      // Neither an address nor numbers: told below.
    }
    mistakes.add(
        written.mark(),
        "E104",
        "'%s' is no resource that can be observed".formatted(written),
        "write coap, an address in numbers and a path, as " + EXAMPLE);
    return null;
  }

  /** Tells of one that no asset is at. */
  void check(List<Device> devices, Mistakes mistakes) {
    var addresses = devices.stream().map(Device::address).collect(Collectors.toSet());
    if (!addresses.contains(device.text())) {
      mistakes.add(
          device.mark(),
          "E203",
          "'%s' is observed, and no asset is at it".formatted(device),
          Nearest.help(device.text(), addresses));
    }
  }
}
