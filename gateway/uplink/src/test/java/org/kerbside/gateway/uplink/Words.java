package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.kerbside.gateway.model.Band;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Frame;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Place;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointId;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Stream;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/** The few points and moments that these tests speak of. */
final class Words {

  static final Instant NOON = Instant.ofEpochSecond(1_790_000_000);

  static final Point FILL = point(0, "bin-2", "fill", PointType.NUM, Unit.RATIO);
  static final Point TEMPERATURE = point(1, "bin-2", "temperature", PointType.NUM, Unit.CELSIUS);
  static final Point OCCUPIED = point(2, "stall-3", "occupied", PointType.FLAG, Unit.RATIO);
  static final Point ENERGY = point(3, "feeder-1", "energy", PointType.COUNTER, Unit.KILOWATT_HOUR);
  static final Point DOOR = point(4, "cabinet", "door", PointType.STATE, Unit.RATIO);

  private Words() {}

  static Point point(int index, String asset, String name, PointType type, Unit unit) {
    var words = type == PointType.STATE ? List.of("open", "shut") : List.<String>of();
    return new Point(
        index,
        new PointId(asset, name),
        new PointSpec(
            name,
            type,
            unit,
            0,
            1,
            new Band.None(),
            Duration.ofMinutes(1),
            PointSpec.Access.OBSERVED,
            words));
  }

  /** So many milliseconds after noon, which was 100 s after boot. */
  static Moment at(long millis) {
    return at(millis, ClockQuality.SYNC);
  }

  static Moment at(long millis, ClockQuality clock) {
    var wall = clock == ClockQuality.NONE ? Instant.EPOCH : NOON;
    return new Moment(wall.plusMillis(millis), clock, Duration.ofMillis(100_000 + millis));
  }

  static Reading good(Point point, Value value, Moment at) {
    return Reading.good(point, value, at, Reading.Timing.RECEIPT);
  }

  static Reading good(Point point, double number, Moment at) {
    return good(point, new Value.Num(number), at);
  }

  static Frame frame(long seq, Moment at, Reading... readings) {
    return new Frame.Readings(place(Stream.READINGS, seq), at, List.of(readings));
  }

  static Place place(Stream stream, long seq) {
    return new Place("CD-QY-0173", "01K4Z6R0YH", stream, seq);
  }
}
