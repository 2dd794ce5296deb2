package org.kerbside.drivers.vl53l1x;

import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.I2c;
import org.kerbside.drivers.api.Quantity;
import org.kerbside.gateway.model.Unit;

/**
 * Reads the settings that the chip wants once after it has got power: {@code init}, in hex. They
 * are a table of ST's, under a licence of ST's, and stand in the site's own profile.
 */
final class FirstSettings {

  private static final int LENGTH = 91; // registers 0x2D to 0x87

  private FirstSettings() {}

  /** Null when a mistake was told. */
  static Chip.@Nullable Fitting<I2c> fitting(Section profile) {
    var init = profile.required("init", "the %d bytes for 0x2D to 0x87".formatted(LENGTH));
    if (init == null) {
      return null;
    }
    String hex = init.text().replaceAll("0x|[\\s,]", "");
    if (!hex.matches("(?:[0-9A-Fa-f]{2}){%d}".formatted(LENGTH))) {
      profile
          .mistakes()
          .add(
              init.mark(),
              "E104",
              "'init' is not the settings of 0x2D to 0x87: got %d bytes, expected %d"
                  .formatted(hex.length() / 2, LENGTH),
              "copy VL51L1X_DEFAULT_CONFIGURATION of ST's STSW-IMG009, as \"00 00 01 …\"");
      return null;
    }
    byte[] settings = HexFormat.of().parseHex(hex);
    return new Chip.Fitting<>(
        List.of(Quantity.number("distance", Unit.MILLIMETRE)),
        Duration.ofSeconds(2),
        (chip, time) -> new Vl53l1x(chip, time, settings));
  }
}
