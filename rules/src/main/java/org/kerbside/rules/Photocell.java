package org.kerbside.rules;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;

/**
 * Whether it is dark where a lamp stands, by the first light sensor that says so without any doubt:
 * a dust storm's noon is no night. Dark at once, and bright again only when it was well above for
 * ten minutes, so that neither headlights nor clouds switch a street. Belongs to the thread of its
 * {@link Programmes.Memory}.
 */
final class Photocell {

  /** Bright is above so many times the limit. */
  static final double AGAIN = 2;

  /** For so long. */
  static final Duration CALM = Duration.ofMinutes(10);

  private final double below; // lx
  private final List<Point> sensors; // the best first
  private boolean isDark;
  private @Nullable Moment bright; // since when it is bright, or nobody knows

  Photocell(double below, List<Point> sensors) {
    this.below = below;
    this.sensors = sensors;
  }

  /** Unknown when no sensor says. */
  Truth look(Look look, Draft draft) {
    Double lux = look.undoubted(sensors);
    if (lux != null && lux < below) {
      isDark = true;
      bright = null;
    } else if (isDark && (lux == null || lux > AGAIN * below)) {
      linger(look.now(), draft);
    } else {
      bright = null;
    }
    return isDark || lux != null ? Truth.of(isDark) : Truth.UNKNOWN;
  }

  private void linger(Moment now, Draft draft) {
    var since = bright == null ? now : bright;
    var left = CALM.minus(now.since(since));
    bright = since;
    if (left.isPositive()) {
      draft.waits(left);
    } else {
      isDark = false;
      bright = null;
    }
  }
}
