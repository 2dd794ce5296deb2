package org.kerbside.config;

import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.SettingSpec.Shape;
import org.kerbside.gateway.model.Unit;

/** Reads dead bands and heartbeats: {@code change}, {@code none}, {@code 2%}, {@code 5mm}. */
record BandReader(Mistakes mistakes) {

  private static final Pattern SHARE = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*%");
  private static final Shape.Quantity BEAT = new Shape.Quantity(Unit.SECOND, 1, 7 * 86_400);

  @Nullable Band read(Text text, Unit unit) {
    var share = SHARE.matcher(text.text());
    if (share.matches() && !unit.fits(Unit.RATIO)) {
      return new Band.Share(Double.parseDouble(share.group(1)) / 100, 0);
    }
    return switch (text.text()) {
      case "none" -> new Band.None();
      case "change" -> new Band.Change();
      default -> step(text, unit);
    };
  }

  private @Nullable Band step(Text text, Unit unit) {
    Double step = Quantities.read(text, unit, mistakes);
    if (step != null && step < 0) {
      mistakes.add(text.mark(), "E103", "'%s' is negative".formatted(text), "write none, or more");
      return null;
    }
    return step == null ? null : new Band.Step(step);
  }

  static @Nullable Duration beat(Text text, Mistakes mistakes) {
    Double seconds = Quantities.read(text, BEAT, "900s", mistakes);
    return seconds == null ? null : Duration.ofMillis(Math.round(seconds * 1000));
  }
}
