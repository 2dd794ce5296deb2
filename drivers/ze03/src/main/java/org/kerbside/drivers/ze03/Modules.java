package org.kerbside.drivers.ze03;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Section;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.Line;
import org.kerbside.drivers.api.LineSettings;
import org.kerbside.drivers.api.Quantity;
import org.kerbside.gateway.model.Unit;

/**
 * What a site says of a module: {@code gas: nh3, step: 0.1, at: 2, mode: 0x41, warm-up: 3min}. They
 * differ in the word that makes them answer.
 */
public final class Modules {

  /** As a site names them. */
  public static final Chip.OnLine<Section> ZE03 = chip(0x04);

  public static final Chip.OnLine<Section> ZE08 = chip(0x41);

  private static final List<String> GASES = List.of("nh3", "h2s");
  private static final Duration WARM_UP = Duration.ofMinutes(3);
  private static final double MOST_STEP = 10; // ppm

  private Modules() {}

  private static Chip.OnLine<Section> chip(int mode) {
    return new Chip.OnLine<>(LineSettings.of(9600), profile -> fitting(profile, mode));
  }

  private static Chip.@Nullable Fitting<Line> fitting(Section profile, int usual) {
    long before = profile.mistakes().errors();
    profile.required("gas", "nh3");
    var gas = profile.choice("gas", GASES);
    var step = step(profile);
    var place = profile.choice("at", List.of("2", "6"));
    int at = place == null ? 2 : Integer.parseInt(place);
    var written = profile.choice("mode", List.of("0x04", "0x41"));
    int mode = written == null ? usual : Integer.decode(written);
    var warmUp = profile.duration("warm-up");
    if (gas == null || step == null || profile.mistakes().errors() > before) {
      return null;
    }
    var settings = new Ze03.Settings(gas, at, step, mode, warmUp == null ? WARM_UP : warmUp);
    return new Chip.Fitting<>(
        List.of(Quantity.number(gas, Unit.PPM)),
        Duration.ofSeconds(30),
        (line, time) -> new Ze03(line, time, settings));
  }

  private static @Nullable Double step(Section profile) {
    var step = profile.required("step", "0.1") == null ? null : profile.number("step");
    if (step != null && (step <= 0 || step > MOST_STEP)) {
      profile
          .mistakes()
          .add(
              profile.markOf("step"),
              "E103",
              "'step' is out of range",
              "write the ppm that one count is, above 0 and up to %.0f: see the manual's resolution"
                  .formatted(MOST_STEP));
      return null;
    }
    return step;
  }
}
