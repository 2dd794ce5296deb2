package org.kerbside.drivers.modbus;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Reason;

/** Why a device may say itself that it has no value. */
final class Reasons {

  private static final List<Reason> KNOWN =
      List.of(
          Reason.DEVICE_ERROR,
          Reason.NOT_CALIBRATED,
          Reason.WARMING_UP,
          Reason.NO_ECHO,
          Reason.OUT_OF_RANGE,
          Reason.SENTINEL);

  private Reasons() {}

  /** Null when a mistake was told. */
  static @Nullable Reason read(Text word, Mistakes mistakes) {
    for (var reason : KNOWN) {
      if (reason.text().equals(word.text())) {
        return reason;
      }
    }
    mistakes.add(
        word.mark(),
        "E104",
        "'%s' is no reason that a device can give".formatted(word),
        Nearest.help(word.text(), KNOWN.stream().map(Reason::text).toList()));
    return null;
  }
}
