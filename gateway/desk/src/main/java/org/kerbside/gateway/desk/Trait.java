package org.kerbside.gateway.desk;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Value;

/**
 * How the outputs of a kind behave, whoever orders them. The numbers are defaults; {@code min-on},
 * {@code min-off} and {@code verify} of the asset win: a radio that listens only after it spoke
 * shows nothing sooner.
 *
 * @param idle what it does while nobody holds it; absent to stay as it is
 * @param rest what it does when the gateway stops; absent to do as its programme says
 * @param minOn how long it stays on once it is
 * @param minOff how long it stays off once it is
 * @param verify how long it may take to show what it was moved to
 */
record Trait(
    String kind,
    String point,
    @Nullable Value idle,
    @Nullable Value rest,
    Duration minOn,
    Duration minOff,
    Duration verify) {

  private static final Value SHUT = new Value.Num(0);
  private static final Value OFF = Value.Flag.FALSE;
  private static final Duration RELAY = Duration.ofSeconds(10); // lamps, contactors, motors
  private static final Duration VALVE = Duration.ofSeconds(2);

  /** A valve in doubt is shut, a fan in doubt runs, and a lamp is no darker than its programme. */
  static final List<Trait> TABLE =
      List.of(
          new Trait("lamp", "on", null, null, RELAY, RELAY, Desk.VERIFY),
          new Trait("lamp", "dim", null, null, RELAY, RELAY, Desk.VERIFY),
          new Trait("feeder", "contactor", null, null, RELAY, RELAY, Desk.VERIFY),
          new Trait("zone", "valve", SHUT, SHUT, VALVE, VALVE, Desk.VERIFY),
          new Trait("master", "valve", SHUT, SHUT, VALVE, VALVE, Desk.VERIFY),
          new Trait("master", "pump", OFF, OFF, RELAY, RELAY, Desk.VERIFY),
          new Trait("dust", "spray", OFF, OFF, VALVE, VALVE, Desk.VERIFY),
          new Trait("toilet", "heat", OFF, OFF, RELAY, RELAY, Desk.VERIFY),
          new Trait("toilet", "fan", OFF, Value.Flag.TRUE, RELAY, RELAY, Desk.VERIFY));

  static Trait of(Asset asset, Point point) {
    String kind = asset.kind().name();
    for (var trait : TABLE) {
      if (trait.kind().equals(kind) && trait.point().equals(point.name())) {
        return trait.of(asset);
      }
    }
    return new Trait(kind, point.name(), null, null, Duration.ZERO, Duration.ZERO, Desk.VERIFY);
  }

  private Trait of(Asset asset) {
    return new Trait(
        kind,
        point,
        idle,
        rest,
        span(asset, "min-on", minOn),
        span(asset, "min-off", minOff),
        span(asset, "verify", verify));
  }

  private static Duration span(Asset asset, String setting, Duration fallback) {
    return Duration.ofMillis(Math.round(asset.setting(setting, fallback.toMillis() / 1e3) * 1e3));
  }

  /** Whether a value is on: open, lit, running. What is neither on nor off is never switched. */
  static boolean isOn(@Nullable Value value) {
    return switch (value) {
      case null -> false;
      case Value.Num(var number) -> number > 0;
      case Value.Flag(var flag) -> flag;
      case Value.State(var word) -> false;
    };
  }

  /** The same sort of value, off. */
  static Value off(Value value) {
    return value instanceof Value.Flag ? OFF : SHUT;
  }
}
