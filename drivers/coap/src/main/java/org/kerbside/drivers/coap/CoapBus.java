package org.kerbside.drivers.coap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Section;
import org.kerbside.config.Text;

/**
 * Where a site listens for CoAP.
 *
 * @param name as {@code at} names the bus
 * @param listen one address of one interface, never the wildcard
 * @param keys the devices', where they speak DTLS; absent where they speak plaintext
 * @param mark where the site says so
 */
public record CoapBus(String name, InetSocketAddress listen, @Nullable Keys keys, Mark mark) {

  private static final int PLAIN_PORT = 5683; // RFC 7252 §12.6, and 5684 in §12.7
  private static final int DTLS_PORT = 5684;
  private static final String EXAMPLE = "192.168.4.1:5684";
  private static final String PLAINTEXT = "plaintext";
  private static final Pattern PLACE = Pattern.compile("\\[?([0-9A-Fa-f:.]+)]?:(\\d{1,5})");

  /** Null when a mistake was told. */
  public static @Nullable CoapBus read(BusConfig bus, Mistakes mistakes) {
    var own = bus.own();
    own.text("driver"); // read by whoever chose us
    var written = own.text("listen");
    var mark = written == null ? own.mark() : written.mark();
    var accepted = accepted(own.texts("accept"), mistakes);
    var dtls = own.section("dtls");
    var keys = dtls == null ? null : keys(dtls, mistakes);
    own.refuseOthers("a coap bus");
    if (dtls != null && keys == null) {
      return null;
    }
    var listen = written == null ? loopback(keys) : place(written.text());
    if (listen == null) {
      mistakes.add(
          mark,
          "E104",
          "'%s' is no address to listen on".formatted(written),
          "write an address and a port in numbers, as %s or [::1]:5684".formatted(EXAMPLE));
      return null;
    }
    return isAllowed(listen, keys != null || accepted.contains(PLAINTEXT), mark, mistakes)
        ? new CoapBus(bus.name().text(), listen, keys, mark)
        : null;
  }

  private static @Nullable Keys keys(Section dtls, Mistakes mistakes) {
    var secret = dtls.required("keys", "keys: !secret coap-keys");
    dtls.refuseOthers("'dtls'");
    return secret == null ? null : Keys.read(secret, mistakes);
  }

  private static InetSocketAddress loopback(@Nullable Keys keys) {
    int port = keys == null ? PLAIN_PORT : DTLS_PORT;
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Whether the bus and its devices fit; what does not is told. */
  public void check(List<Device> devices, Mistakes mistakes) {
    if (keys != null) {
      keys.check(mark, devices, mistakes);
    }
  }

  private static List<String> accepted(List<Text> words, Mistakes mistakes) {
    var accepted = new ArrayList<String>();
    for (var word : words) {
      if (!word.text().equals(PLAINTEXT)) {
        mistakes.add(
            word.mark(),
            "E104",
            "'%s' is nothing that can be accepted here".formatted(word),
            Nearest.help(word.text(), List.of(PLAINTEXT)));
      }
      accepted.add(word.text());
    }
    return accepted;
  }

  /** Numbers only: a name would be asked of the network while the configuration is read. */
  private static @Nullable InetSocketAddress place(String written) {
    var match = PLACE.matcher(written);
    if (!match.matches() || Integer.parseInt(match.group(2)) > 0xFFFF) {
      return null;
    }
    try {
      return new InetSocketAddress(
          InetAddress.ofLiteral(match.group(1)), Integer.parseInt(match.group(2)));
    } catch (IllegalArgumentException noAddress) {
      return null;
    }
  }

  private static boolean isAllowed(
      InetSocketAddress listen, boolean safe, Mark mark, Mistakes mistakes) {
    var address = listen.getAddress();
    if (address.isAnyLocalAddress()) {
      mistakes.add(
          mark,
          "E507",
          "CoAP listens on every interface",
          "name the one that the sensors are on, as " + EXAMPLE);
      return false;
    }
    if (!address.isLoopbackAddress() && !safe) {
      mistakes.add(
          mark,
          "E501",
          "CoAP without DTLS is plaintext, beyond this machine",
          "add dtls: { keys: !secret coap-keys }, or accept: [plaintext] if that network is yours alone");
      return false;
    }
    return true;
  }
}
