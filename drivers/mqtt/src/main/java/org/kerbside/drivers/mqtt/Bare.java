package org.kerbside.drivers.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.api.SenmlPack.Said;
import org.kerbside.drivers.picks.Pick;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Value;

/** A message that is one bare number or word: {@code 23.4}, {@code ON}. */
final class Bare {

  private static final int LONGEST = 64; // bytes

  private Bare() {}

  static Said read(byte[] payload, Pick pick, Point point) throws BadTelegram {
    String said = new String(payload, 0, Math.min(payload.length, LONGEST + 1), UTF_8).strip();
    var value = payload.length > LONGEST ? null : pick.text(said, point);
    if (value == null) {
      throw new BadTelegram("got '%s', expected %s".formatted(said, pick.expected(point)));
    }
    var unit = value instanceof Value.Num ? pick.unit() : null;
    return new Said(List.of(new Sample(point.name(), value, unit, Quality.GOOD, null)), List.of());
  }
}
