package org.kerbside.drivers.modbus;

import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;
import org.kerbside.drivers.api.LineSettings;

/** Reads how characters go over a serial line, in a bus or a profile. */
final class LineReader {

  private LineReader() {}

  /** Null when a mistake was told. */
  static @Nullable LineSettings read(Text text, Mistakes mistakes) {
    var settings = LineSettings.of(text.text());
    if (settings == null) {
      mistakes.add(
          text.mark(),
          "E104",
          "'%s' are no settings of a serial line".formatted(text),
          "write baud, bits, parity and stop bits, as 9600 8N1 or 19200 8E1");
    }
    return settings;
  }
}
