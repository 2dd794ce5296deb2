package org.kerbside.drivers.mqtt;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.BusConfig;
import org.kerbside.config.Device;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Section;
import org.kerbside.config.Text;

/**
 * A field broker.
 *
 * @param name as {@code at} names the bus
 * @param user absent when the site accepts an anonymous session
 */
public record MqttBus(
    String name, String host, int port, @Nullable String user, @Nullable String password) {

  private static final int PORT = 1883;
  private static final String PLAINTEXT = "plaintext";
  private static final String ANONYMOUS = "anonymous";
  private static final List<String> ACCEPTABLE = List.of(PLAINTEXT, ANONYMOUS);

  /**
   * Null when a mistake was told. Whoever has settings of his own in this section reads them first:
   * what nobody read is refused.
   */
  public static @Nullable MqttBus read(BusConfig bus, Mistakes mistakes) {
    var own = bus.own();
    own.text("driver"); // read by whoever chose us
    var url = own.required("url", "mqtt://127.0.0.1:1883");
    var user = own.text("user");
    var password = own.text("password");
    boolean accepted = isAccepted(own, user, url, mistakes);
    own.refuseOthers("driver '%s'".formatted(bus.driver()));
    var place = url == null ? null : place(url, mistakes);
    if (place == null || !accepted) {
      return null;
    }
    return new MqttBus(
        bus.name().text(),
        place.getHost(),
        place.getPort() < 0 ? PORT : place.getPort(),
        user == null ? null : user.text(),
        password == null ? null : password.text());
  }

  /** Tells of what is wrong with the profiles of its devices, each profile once. */
  public void check(List<Device> devices, Mistakes mistakes) {
    var checked = new HashSet<String>();
    for (var device : devices) {
      var profile = device.profile();
      if (profile != null && checked.add(profile.name().text())) {
        MqttProfile.read(profile, mistakes);
      }
    }
  }

  private static @Nullable URI place(Text url, Mistakes mistakes) {
    try {
      var place = new URI(url.text());
      if ("mqtt".equals(place.getScheme()) && place.getHost() != null && isBare(place)) {
        return place;
      }
    } catch (URISyntaxException told) {
      // Told below.
    }
    mistakes.add(
        url.mark(),
        "E104",
        "'%s' is no field broker's url".formatted(url),
        "write mqtt://host or mqtt://host:port; user and password are settings of their own");
    return null;
  }

  private static boolean isBare(URI place) {
    return place.getUserInfo() == null
        && place.getQuery() == null
        && (place.getPath() == null || place.getPath().isEmpty());
  }

  private static boolean isAccepted(
      Section own, @Nullable Text user, @Nullable Text url, Mistakes mistakes) {
    var accepted = new ArrayList<String>();
    for (var word : own.texts("accept")) {
      accepted.add(word.text());
      if (!ACCEPTABLE.contains(word.text())) {
        mistakes.add(
            word.mark(),
            "E104",
            "'%s' is nothing that can be accepted here".formatted(word),
            Nearest.help(word.text(), ACCEPTABLE));
      }
    }
    var mark = url == null ? own.mark() : url.mark();
    boolean plain = accepts(accepted, PLAINTEXT, "mqtt:// is plaintext", mark, mistakes);
    boolean named =
        user != null
            || accepts(accepted, ANONYMOUS, "without user we are anonymous", mark, mistakes);
    return plain && named;
  }

  private static boolean accepts(
      List<String> accepted, String word, String problem, Mark mark, Mistakes mistakes) {
    boolean accepts = accepted.contains(word);
    if (!accepts) {
      mistakes.add(
          mark,
          "E501",
          "%s, and that is not accepted here".formatted(problem),
          "add accept: [%s] if the field's network is yours alone".formatted(word));
    }
    return accepts;
  }

  String place() {
    return "mqtt %s:%d".formatted(host, port);
  }

  /** Never the password. */
  @Override
  public String toString() {
    return "MqttBus[%s at %s]".formatted(name, place());
  }
}
