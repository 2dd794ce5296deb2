package org.kerbside.drivers.camel;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;
import org.kerbside.drivers.picks.Pointer;

/** Where a message says whose it is. */
sealed interface Addressing {

  /** Nowhere: the bus has one device. */
  record Only() implements Addressing {}

  /** In the message: each object of it may be another device's. */
  record Inside(Pointer pointer) implements Addressing {}

  /**
   * In its name: a file's, or an HTTP request's path.
   *
   * @param pattern has one group, the address
   */
  record Named(Pattern pattern) implements Addressing {

    @Nullable String address(String name) {
      var match = pattern.matcher(name);
      return match.matches() ? match.group(1) : null;
    }
  }

  String PLACE = "{address}";

  /** Null when a mistake was told. */
  static @Nullable Addressing read(@Nullable Text written, Mistakes mistakes) {
    if (written == null) {
      return new Only();
    }
    int place = written.text().indexOf(PLACE);
    if (place < 0) {
      var pointer = Pointer.read(written, mistakes);
      return pointer == null ? null : new Inside(pointer);
    }
    var before = written.text().substring(0, place);
    var after = written.text().substring(place + PLACE.length());
    if ((before + after).matches(".*[{}].*")) {
      mistakes.add(
          written.mark(),
          "E104",
          "'%s' is no template".formatted(written),
          "give {address} one place, as in {address}.csv or /readings/{address}");
      return null;
    }
    return new Named(Pattern.compile(Pattern.quote(before) + "([^/]+)" + Pattern.quote(after)));
  }
}
