package org.kerbside.gateway.assets;

import static org.kerbside.gateway.assets.Specs.counter;
import static org.kerbside.gateway.assets.Specs.flag;
import static org.kerbside.gateway.assets.Specs.hours;
import static org.kerbside.gateway.assets.Specs.kind;
import static org.kerbside.gateway.assets.Specs.minutes;
import static org.kerbside.gateway.assets.Specs.num;
import static org.kerbside.gateway.assets.Specs.points;
import static org.kerbside.gateway.assets.Specs.share;
import static org.kerbside.gateway.assets.Specs.state;
import static org.kerbside.gateway.assets.Specs.step;
import static org.kerbside.gateway.assets.Specs.wired;
import static org.kerbside.gateway.assets.Specs.writable;
import static org.kerbside.gateway.model.Unit.CELSIUS;
import static org.kerbside.gateway.model.Unit.COUNT;
import static org.kerbside.gateway.model.Unit.DECIBEL;
import static org.kerbside.gateway.model.Unit.HUMIDITY;
import static org.kerbside.gateway.model.Unit.LUX;
import static org.kerbside.gateway.model.Unit.METRE;
import static org.kerbside.gateway.model.Unit.METRE_PER_SECOND;
import static org.kerbside.gateway.model.Unit.MICROGRAM;
import static org.kerbside.gateway.model.Unit.RATIO;
import static org.kerbside.gateway.model.Unit.SECOND;
import static org.kerbside.gateway.model.Unit.VOLT;

import java.util.List;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Kind.Device;
import org.kerbside.gateway.model.Kind.Parent;

/**
 * The kinds around the street: dust, weather, the cabinet itself, and what has no kind of its own.
 */
final class Around {

  private Around() {}

  static Kind dust() {
    return kind(
        "dust",
        points(
            num("pm10", MICROGRAM, 0, 10_000, step(5), minutes(10)),
            num("pm25", MICROGRAM, 0, 10_000, step(5), minutes(10)),
            num("noise", DECIBEL, 0, 140, step(2), minutes(10)),
            num("wind", METRE_PER_SECOND, 0, 60, step(.5), minutes(10)),
            writable(flag("spray", hours(1)))),
        List.of(),
        List.of(),
        Parent.NONE,
        Device.REQUIRED);
  }

  static Kind weather() {
    return kind(
        "weather",
        points(
            num("temperature", CELSIUS, -50, 60, step(.3), minutes(10)),
            num("humidity", HUMIDITY, 0, 100, step(2), minutes(30)),
            num("wind", METRE_PER_SECOND, 0, 60, step(.5), minutes(10)),
            counter("rain", METRE, .0002, hours(1)),
            num("lux", LUX, 0, 150_000, share(.1, 1), minutes(15)),
            flag("storm", hours(1))),
        List.of(),
        List.of(),
        Parent.NONE,
        Device.OPTIONAL);
  }

  static Kind generic() {
    return kind("generic", points(), List.of(), List.of(), Parent.NONE, Device.REQUIRED);
  }

  /** A bus says nothing itself; it is silent when its devices are. */
  static Kind bus() {
    return kind(Kind.BUS, points(), List.of(), List.of(), Parent.NONE, Device.OPTIONAL);
  }

  static Kind cabinet() {
    return kind(
        Kind.CABINET,
        points(
            num("temperature", CELSIUS, -50, 120, step(1), hours(1)),
            num("supply", VOLT, 0, 60, step(.1), hours(1)),
            flag("mains", hours(1)),
            flag("door", hours(1)),
            flag("button", hours(1)),
            num("disk", RATIO, 0, 1, step(.01), hours(1)),
            num("queue", COUNT, 0, 1e9, share(.2, 10), hours(1)),
            state("clock", hours(1), "sync", "hold", "none"),
            num("certificate", SECOND, -1e9, 1e9, step(86_400), hours(24))),
        List.of(
            wired("door", "door", "door-reed", "gpio/26"),
            wired("button", "button", "push-button", "gpio/27")),
        List.of(),
        Parent.NONE,
        Device.OPTIONAL);
  }
}
