package org.kerbside.drivers.picks;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;

/**
 * A JSON pointer (RFC 6901): {@code /d/v}, or {@code /sensors/0/value} through a list.
 *
 * @param names on the way; in a list the place, from 0
 */
public record Pointer(List<String> names) {

  public Pointer {
    names = List.copyOf(names);
  }

  public static Pointer of(String... names) {
    return new Pointer(List.of(names));
  }

  /** Null, and a mistake, when it is none. */
  public static @Nullable Pointer read(Text written, Mistakes mistakes) {
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
    return new Pointer(names);
  }

  @Override
  public String toString() {
    return "/" + String.join("/", names);
  }
}
