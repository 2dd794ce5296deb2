package org.kerbside.drivers.mqtt;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profile;
import org.kerbside.config.Section;
import org.kerbside.config.Text;

/**
 * How a device model publishes: under which topic, and what its payload looks like.
 *
 * @param topic a template with the levels {@code {address}} and, for JSON, {@code {point}}
 */
public record MqttProfile(String name, String topic, Layout layout) {

  static final String ADDRESS = "{address}";
  static final String POINT = "{point}";

  /** What stands in a payload. */
  public sealed interface Layout {

    /** One SenML pack. */
    record Senml() implements Layout {}

    /**
     * One value in a JSON object.
     *
     * @param value the names on the way to the value: a JSON pointer through objects
     * @param time likewise to the source's time; absent where it tells none
     */
    record Json(List<String> value, @Nullable List<String> time, TimeUnit unit) implements Layout {
      public Json {
        value = List.copyOf(value);
        time = time == null ? null : List.copyOf(time);
      }
    }
  }

  /** What a number counts since 1970. */
  public enum TimeUnit {
    SECONDS(1e6),
    MILLISECONDS(1e3),
    MICROSECONDS(1);

    private final double micros;

    TimeUnit(double micros) {
      this.micros = micros;
    }

    double toMicros(double number) {
      return number * micros;
    }

    static TimeUnit of(@Nullable String word) {
      if (word == null || word.equals("s")) {
        return SECONDS;
      }
      return word.equals("ms") ? MILLISECONDS : MICROSECONDS;
    }
  }

  /** A device without a profile speaks SenML at {@code s/{address}}. */
  static final MqttProfile SENML =
      new MqttProfile("senml-mqtt", "s/" + ADDRESS, new Layout.Senml());

  /** Null when a mistake was told. */
  public static @Nullable MqttProfile read(Profile profile, Mistakes mistakes) {
    var own = profile.own();
    own.text("profile"); // these two were read by whoever found the file
    own.text("driver");
    own.section("test"); // run by the build
    boolean senml = "senml".equals(own.choice("format", List.of("json", "senml")));
    var topic = own.required("topic", senml ? "s/" + ADDRESS : "field/{address}/{point}");
    var layout = senml ? new Layout.Senml() : json(own, mistakes);
    own.refuseOthers("an mqtt profile");
    if (topic == null || layout == null || !isTemplate(topic, layout, mistakes)) {
      return null;
    }
    return new MqttProfile(profile.name().text(), topic.text(), layout);
  }

  private static @Nullable Layout json(Section own, Mistakes mistakes) {
    var value = own.required("value", "/v");
    var time = own.text("time");
    var unit = own.choice("time-unit", List.of("s", "ms", "us"));
    if (time != null && !own.has("time-unit")) {
      mistakes.add(time.mark(), "E001", "'time-unit' is missing", "add time-unit: s, ms or us");
      return null;
    }
    var valuePath = value == null ? null : pointer(value, mistakes);
    var timePath = time == null ? null : pointer(time, mistakes);
    return valuePath == null || (time != null && timePath == null)
        ? null
        : new Layout.Json(valuePath, timePath, TimeUnit.of(unit));
  }

  /** RFC 6901, through objects only. */
  private static @Nullable List<String> pointer(Text written, Mistakes mistakes) {
    if (!written.text().startsWith("/")) {
      mistakes.add(
          written.mark(),
          "E104",
          "'%s' is no JSON pointer".formatted(written),
          "write /v, or /data/value for a value inside");
      return null;
    }
    var names = new ArrayList<String>();
    for (String name : written.text().substring(1).split("/", -1)) {
      names.add(name.replace("~1", "/").replace("~0", "~"));
    }
    return names;
  }

  private static boolean isTemplate(Text topic, Layout layout, Mistakes mistakes) {
    var levels = List.of(topic.text().split("/", -1));
    boolean points =
        switch (layout) {
          case Layout.Json json -> count(levels, POINT) == 1;
          case Layout.Senml senml -> count(levels, POINT) == 0;
        };
    boolean plain =
        levels.stream()
            .allMatch(
                level ->
                    level.equals(ADDRESS) || level.equals(POINT) || !level.matches(".*[{}+#].*"));
    if (points && plain && count(levels, ADDRESS) == 1) {
      return true;
    }
    mistakes.add(
        topic.mark(),
        "E104",
        "'%s' is no topic template".formatted(topic),
        switch (layout) {
          case Layout.Json json -> "give {address} and {point} one level each, and no + or #";
          case Layout.Senml senml -> "give {address} one level, and no {point}, + or #";
        });
    return false;
  }

  private static long count(List<String> levels, String wanted) {
    return levels.stream().filter(wanted::equals).count();
  }

  /** The topic of one point; for SenML the point's name does not matter. */
  String topic(String address, String point) {
    return topic.replace(ADDRESS, address).replace(POINT, point);
  }

  /** What to subscribe to. An address of several levels takes as many wildcards. */
  String filter(String address) {
    return topic(address.replaceAll("[^/]+", "+"), "+");
  }
}
