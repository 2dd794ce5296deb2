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
import org.kerbside.config.Text;

/**
 * Where a site listens for CoAP.
 *
 * @param name as {@code at} names the bus
 * @param listen one address of one interface, never the wildcard
 * @param dtls absent where devices speak plaintext
 * @param watched sensors that wait to be asked
 * @param mark where the site says so
 */
public record CoapBus(
    String name, InetSocketAddress listen, @Nullable Dtls dtls, List<Watched> watched, Mark mark) {

  /** Where plaintext may go. */
  enum Reach {
    LOOPBACK,
    ANYWHERE
  }

  public CoapBus {
    watched = List.copyOf(watched);
  }

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
    var section = own.section("dtls");
    var dtls = section == null ? null : Dtls.read(section, mistakes);
    var reach = accepted.contains(PLAINTEXT) ? Reach.ANYWHERE : Reach.LOOPBACK;
    var watched = Watched.read(own.section("observe"), reach, mistakes);
    if (own.has("observe") && own.has("dtls")) {
      mistakes.add(
          own.markOf("observe"),
          "E104",
          "'observe' goes in plaintext, and this bus speaks dtls",
          "give the sensors that wait to be asked a bus of their own");
    }
    own.refuseOthers("a coap bus");
    if (own.has("dtls") && dtls == null) {
      return null;
    }
    var listen = written == null ? loopback(dtls) : place(written.text());
    if (listen == null) {
      mistakes.add(
          mark,
          "E104",
          "'%s' is no address to listen on".formatted(written),
          "write an address and a port in numbers, as %s or [::1]:5684".formatted(EXAMPLE));
      return null;
    }
    return isAllowed(listen, dtls != null || accepted.contains(PLAINTEXT), mark, mistakes)
        ? new CoapBus(bus.name().text(), listen, dtls, watched, mark)
        : null;
  }

  private static InetSocketAddress loopback(@Nullable Dtls dtls) {
    int port = dtls == null ? PLAIN_PORT : DTLS_PORT;
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /** Whether the bus and its devices fit; what does not is told. */
  public void check(List<Device> devices, Mistakes mistakes) {
    if (dtls != null) {
      dtls.check(mark, devices, mistakes);
    }
    watched.forEach(one -> one.check(devices, mistakes));
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
