package org.kerbside.drivers.mqtt;

import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;

/**
 * A topic with places to be filled in: {@code field/{address}/{point}}. A place may be part of a
 * level: {@code dev-{address}/state}.
 */
record Template(String written) {

  static final String ADDRESS = "{address}";
  static final String POINT = "{point}";

  /** Whether a topic names the point whose value it has. */
  enum Naming {
    POINT,
    /** The payload does, or the profile. */
    NONE
  }

  boolean namesPoint() {
    return written.contains(POINT);
  }

  /** The topic of one point; where the topic names none, the point's name does not matter. */
  String topic(String address, String point) {
    return written.replace(ADDRESS, address).replace(POINT, point);
  }

  /** What to subscribe to: each level with a place takes a wildcard for every level put there. */
  String filter(String address) {
    return Stream.of(written.split("/", -1))
        .map(level -> wild(level, address))
        .collect(Collectors.joining("/"));
  }

  private static String wild(String level, String address) {
    if (level.contains(ADDRESS)) {
      return level.replace(ADDRESS, address).replaceAll("[^/]+", "+");
    }
    return level.contains(POINT) ? "+" : level;
  }

  /** Null, and a mistake, when it is none. */
  static @Nullable Template read(Text topic, Naming naming, Mistakes mistakes) {
    String rest = topic.text().replace(ADDRESS, "");
    int points = count(rest, POINT);
    boolean isPlain = !rest.replace(POINT, "").matches(".*[{}+#].*");
    boolean isNamed = naming == Naming.POINT ? points == 1 : points == 0;
    if (isNamed && isPlain && count(topic.text(), ADDRESS) == 1) {
      return new Template(topic.text());
    }
    mistakes.add(
        topic.mark(),
        "E104",
        "'%s' is no topic template".formatted(topic),
        switch (naming) {
          case POINT -> "give {address} and {point} one place each, and no + or #";
          case NONE -> "give {address} one place, and no {point}, + or #";
        });
    return null;
  }

  private static int count(String text, String wanted) {
    return text.split(Pattern.quote(wanted), -1).length - 1;
  }

  @Override
  public String toString() {
    return written;
  }
}
