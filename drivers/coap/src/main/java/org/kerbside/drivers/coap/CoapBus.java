package org.kerbside.drivers.coap;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Text;

/**
 * Where a site listens for CoAP.
 *
 * @param name as {@code at} names the bus
 * @param listen one address of one interface, never the wildcard
 */
public record CoapBus(String name, InetSocketAddress listen) {

  private static final String DEFAULT = "127.0.0.1:5683";
  private static final String PLAINTEXT = "plaintext";
  private static final Pattern PLACE = Pattern.compile("\\[?([0-9A-Fa-f:.]+)]?:(\\d{1,5})");

  /** Null when a mistake was told. */
  public static @Nullable CoapBus read(BusConfig bus, Mistakes mistakes) {
    var own = bus.own();
    own.text("driver"); // read by whoever chose us
    var written = own.text("listen");
    var mark = written == null ? own.mark() : written.mark();
    var accepted = accepted(own.texts("accept"), mistakes);
    own.refuseOthers("a coap bus");
    var listen = place(written == null ? DEFAULT : written.text());
    if (listen == null) {
      mistakes.add(
          mark,
          "E104",
          "'%s' is no address to listen on".formatted(written),
          "write an address and a port in numbers, as %s or [::1]:5683".formatted(DEFAULT));
      return null;
    }
    return isAllowed(listen, accepted, mark, mistakes)
        ? new CoapBus(bus.name().text(), listen)
        : null;
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
      InetSocketAddress listen, List<String> accepted, Mark mark, Mistakes mistakes) {
    var address = listen.getAddress();
    if (address.isAnyLocalAddress()) {
      mistakes.add(
          mark,
          "E507",
          "CoAP without DTLS listens on every interface",
          "name the one that the sensors are on, as 192.168.4.1:5683");
      return false;
    }
    if (!address.isLoopbackAddress() && !accepted.contains(PLAINTEXT)) {
      mistakes.add(
          mark,
          "E501",
          "CoAP without DTLS is plaintext, beyond this machine",
          "add accept: [plaintext] if that network is yours alone");
      return false;
    }
    return true;
  }
}
