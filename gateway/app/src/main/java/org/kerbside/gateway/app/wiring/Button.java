package org.kerbside.gateway.app.wiring;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.page.CabinetButton;

/**
 * The button inside the cabinet, as its readings tell it. Only a press that was seen to begin
 * counts, from when it began: one that is stuck, or down when the gateway starts, opens nothing.
 */
final class Button implements CabinetButton {

  private static final String POINT = "button";

  /** How long a press is good for. */
  private static final Duration GOOD_FOR = Duration.ofSeconds(60);

  private final @Nullable Point point;
  private final Clock clock;

  // Guarded by this, both.
  private boolean isUp;
  private @Nullable Duration pressed; // since boot

  /** That of the site, if one of its devices is it. */
  Button(List<Device> devices, Clock clock) {
    this.clock = clock;
    point =
        devices.stream()
            .filter(device -> device.asset().kind().name().equals(Kind.CABINET))
            .filter(device -> POINT.equals(device.point()))
            .findFirst()
            .map(device -> device.asset().point(POINT))
            .orElse(null);
  }

  /** Takes what was read, of all points. */
  synchronized void hear(List<Reading> readings) {
    for (var reading : readings) {
      if (reading.point().equals(point)) {
        hear(reading);
      }
    }
  }

  private void hear(Reading reading) {
    boolean isGood = reading.quality() instanceof Quality.Good;
    boolean isDown = isGood && Value.Flag.TRUE.equals(reading.value());
    if (isDown && isUp) {
      pressed = reading.at().sinceBoot();
    }
    isUp = isGood && !isDown;
  }

  @Override
  public synchronized Press press() {
    if (point == null) {
      return Press.NOT_FITTED;
    }
    boolean isRecent =
        pressed != null && clock.now().sinceBoot().minus(pressed).compareTo(GOOD_FOR) <= 0;
    return isRecent ? Press.PRESSED : Press.RESTING;
  }
}
