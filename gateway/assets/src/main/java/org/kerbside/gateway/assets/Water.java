package org.kerbside.gateway.assets;

import static org.kerbside.gateway.assets.Specs.OPEN;
import static org.kerbside.gateway.assets.Specs.PIPE;
import static org.kerbside.gateway.assets.Specs.battery;
import static org.kerbside.gateway.assets.Specs.change;
import static org.kerbside.gateway.assets.Specs.counter;
import static org.kerbside.gateway.assets.Specs.flag;
import static org.kerbside.gateway.assets.Specs.hours;
import static org.kerbside.gateway.assets.Specs.kind;
import static org.kerbside.gateway.assets.Specs.meter;
import static org.kerbside.gateway.assets.Specs.minOff;
import static org.kerbside.gateway.assets.Specs.minOn;
import static org.kerbside.gateway.assets.Specs.minutes;
import static org.kerbside.gateway.assets.Specs.num;
import static org.kerbside.gateway.assets.Specs.points;
import static org.kerbside.gateway.assets.Specs.pulses;
import static org.kerbside.gateway.assets.Specs.rssi;
import static org.kerbside.gateway.assets.Specs.share;
import static org.kerbside.gateway.assets.Specs.step;
import static org.kerbside.gateway.assets.Specs.verify;
import static org.kerbside.gateway.assets.Specs.wired;
import static org.kerbside.gateway.assets.Specs.writable;
import static org.kerbside.gateway.model.SettingSpec.optional;
import static org.kerbside.gateway.model.SettingSpec.required;
import static org.kerbside.gateway.model.Unit.CELSIUS;
import static org.kerbside.gateway.model.Unit.CONDUCTIVITY;
import static org.kerbside.gateway.model.Unit.COUNT;
import static org.kerbside.gateway.model.Unit.CUBIC_METRE;
import static org.kerbside.gateway.model.Unit.DEGREE;
import static org.kerbside.gateway.model.Unit.FLOW;
import static org.kerbside.gateway.model.Unit.METRE;
import static org.kerbside.gateway.model.Unit.METRE_PER_SECOND;
import static org.kerbside.gateway.model.Unit.MICROGRAM;
import static org.kerbside.gateway.model.Unit.PASCAL;
import static org.kerbside.gateway.model.Unit.RATIO;
import static org.kerbside.gateway.model.Unit.SECOND;

import java.util.List;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Kind.Device;
import org.kerbside.gateway.model.Kind.Parent;
import org.kerbside.gateway.model.SettingSpec.Shape;

/** The kinds that water runs through: master, zone, manhole. */
final class Water {

  private Water() {}

  static Kind master() {
    return kind(
        "master",
        points(
            writable(num("valve", RATIO, 0, 1, change(), hours(1))),
            num("flow", FLOW, 0, .05, share(.03), minutes(10)),
            counter("volume", CUBIC_METRE, .01, hours(1)),
            pulses(),
            num("pressure", PASCAL, 0, 1.6e6, step(5000), minutes(10)),
            counter("rain", METRE, .0002, hours(1)),
            num("wind", METRE_PER_SECOND, 0, 60, step(.5), minutes(10)),
            num("temperature", CELSIUS, -50, 60, step(.3), minutes(10)),
            writable(flag("pump", hours(1)))),
        List.of(
            meter("{ pulses: 12/L, at: gpio/23 }"),
            wired("valve", "valve", "valve-relay", "gpio/24"),
            optional("pipe", PIPE, "DN40"),
            wired("pump", "pump", "relay", "gpio/16"),
            wired("rain", "rain", "rain-bucket", "gpio/27"),
            optional("wind", OPEN, "rs485-a/61"),
            optional("season", new Shape.Words(), "04-15..10-15"),
            optional("at-once", new Shape.Quantity(COUNT, 1, 100), "2count"),
            optional("budget", OPEN, "30m3/day"),
            minOn(),
            minOff(),
            verify()),
        List.of(),
        Parent.NONE,
        Device.OPTIONAL);
  }

  static Kind zone() {
    return kind(
        "zone",
        points(
            writable(num("valve", RATIO, 0, 1, change(), hours(1))),
            num("flow", FLOW, 0, .05, share(.03), minutes(10)),
            counter("volume", CUBIC_METRE, .01, hours(1)),
            pulses(),
            num("pressure", PASCAL, 0, 1.6e6, step(5000), minutes(10)),
            num("moisture", RATIO, 0, 1, step(.01), hours(1)),
            num("soil", CELSIUS, -50, 60, step(.3), hours(1)),
            num("salinity", CONDUCTIVITY, 0, 2, step(.005), hours(1))),
        List.of(
            wired("valve", "valve", "valve-relay", "gpio/25"),
            required(
                "method", new Shape.Choice(List.of("sprinkler", "drip", "bubbler")), "sprinkler"),
            optional("pipe", PIPE, "DN25"),
            meter("{ pulses: 450/L, at: gpio/26 }"),
            optional("probe", OPEN, "rs485-a/51"),
            optional("max-run", new Shape.Quantity(SECOND, 60, 86_400), "40min"),
            minOn(),
            minOff(),
            verify()),
        List.of("master"),
        Parent.OPTIONAL,
        Device.OPTIONAL);
  }

  static Kind manhole() {
    return kind(
        "manhole",
        points(
            num("level", RATIO, 0, 1.2, step(.02), hours(1)),
            num("tilt", DEGREE, 0, 180, step(2), hours(6)),
            num("h2s", MICROGRAM, 0, 140_000, step(100), hours(1)),
            battery(),
            rssi()),
        List.of(),
        List.of(),
        Parent.NONE,
        Device.REQUIRED);
  }
}
