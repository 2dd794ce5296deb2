package org.kerbside.gateway.assets;

import static org.kerbside.gateway.assets.Specs.battery;
import static org.kerbside.gateway.assets.Specs.change;
import static org.kerbside.gateway.assets.Specs.counter;
import static org.kerbside.gateway.assets.Specs.flag;
import static org.kerbside.gateway.assets.Specs.hours;
import static org.kerbside.gateway.assets.Specs.kind;
import static org.kerbside.gateway.assets.Specs.meter;
import static org.kerbside.gateway.assets.Specs.minutes;
import static org.kerbside.gateway.assets.Specs.num;
import static org.kerbside.gateway.assets.Specs.points;
import static org.kerbside.gateway.assets.Specs.pulses;
import static org.kerbside.gateway.assets.Specs.rssi;
import static org.kerbside.gateway.assets.Specs.state;
import static org.kerbside.gateway.assets.Specs.step;
import static org.kerbside.gateway.assets.Specs.wired;
import static org.kerbside.gateway.assets.Specs.writable;
import static org.kerbside.gateway.model.SettingSpec.optional;
import static org.kerbside.gateway.model.SettingSpec.required;
import static org.kerbside.gateway.model.Unit.CELSIUS;
import static org.kerbside.gateway.model.Unit.COUNT;
import static org.kerbside.gateway.model.Unit.CUBIC_METRE;
import static org.kerbside.gateway.model.Unit.DEGREE;
import static org.kerbside.gateway.model.Unit.FLOW;
import static org.kerbside.gateway.model.Unit.HUMIDITY;
import static org.kerbside.gateway.model.Unit.KILOGRAM;
import static org.kerbside.gateway.model.Unit.METRE;
import static org.kerbside.gateway.model.Unit.MICROGRAM;
import static org.kerbside.gateway.model.Unit.RATIO;
import static org.kerbside.gateway.model.Unit.SECOND;

import java.util.List;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Kind.Device;
import org.kerbside.gateway.model.Kind.Parent;
import org.kerbside.gateway.model.SettingSpec.Shape;

/** The kinds of a clean street: toilet, stall, air, bin. */
final class Sanitation {

  private Sanitation() {}

  static Kind toilet() {
    return kind(
        "toilet",
        points(
            num("free", COUNT, 0, 200, change(), minutes(15)),
            counter("visits", COUNT, 1, hours(1)),
            flag("sos", hours(1)),
            num("septic", RATIO, 0, 1.2, step(.02), hours(6)),
            num("flow", FLOW, 0, .005, step(2e-5), hours(1)),
            counter("water", CUBIC_METRE, .01, hours(1)),
            pulses(),
            num("pipe", CELSIUS, -50, 60, step(.5), hours(1)),
            writable(flag("heat", hours(1))),
            writable(flag("fan", hours(1))),
            writable(flag("sign", hours(1)))),
        List.of(
            optional("hours", new Shape.Words(), "05:00..23:00"),
            optional("class", new Shape.Choice(List.of("2", "1", "3")), "2"),
            meter("{ pulses: 450/L, at: gpio/23 }"),
            wired("sos", "sos", "sos-button", "gpio/6"),
            wired("heat", "heat", "relay", "gpio/20"),
            wired("fan", "fan", "relay", "gpio/21"),
            wired("sign", "sign", "relay", "gpio/22")),
        List.of(),
        Parent.NONE,
        Device.OPTIONAL);
  }

  static Kind stall() {
    return kind(
        "stall",
        points(
            flag("occupied", minutes(15)),
            flag("shut", hours(1)),
            state("presence", minutes(15), "none", "moving", "still", "both"),
            counter("uses", COUNT, 1, hours(1)),
            flag("sos", hours(1))),
        List.of(
            wired("reed", "shut", "reed", "gpio/5"),
            wired("sos", "sos", "sos-button", "gpio/6"),
            optional("eyes", new Shape.Choice(List.of("radar", "pir")), "pir")),
        List.of("toilet"),
        Parent.REQUIRED,
        Device.REQUIRED);
  }

  static Kind air() {
    return kind(
        "air",
        points(
            num("nh3", MICROGRAM, 0, 35_000, step(35), minutes(30)),
            num("h2s", MICROGRAM, 0, 70_000, step(3), minutes(30)),
            num("temperature", CELSIUS, -40, 60, step(.3), minutes(30)),
            num("humidity", HUMIDITY, 0, 100, step(2), minutes(30))),
        List.of(
            optional("warm-up", new Shape.Quantity(SECOND, 0, 7 * 86_400), "48h"),
            optional("h2s-step", new Shape.Quantity(MICROGRAM, 0, 70_000), "1.394ug/m3")),
        List.of("toilet"),
        Parent.REQUIRED,
        Device.REQUIRED);
  }

  static Kind bin() {
    return kind(
        "bin",
        points(
            num("distance", METRE, 0, 8, step(.01), hours(6)),
            num("fill", RATIO, 0, 1, step(.02), hours(6)),
            num("temperature", CELSIUS, -50, 200, step(1), hours(6)),
            num("tilt", DEGREE, 0, 180, step(3), hours(6)),
            flag("open", hours(6)),
            num("weight", KILOGRAM, 0, 2000, step(1), hours(6)),
            counter("emptied", COUNT, 1, hours(24)),
            battery(),
            rssi()),
        List.of(
            required("empty", new Shape.Quantity(METRE, .2, 8), "120cm").measured(),
            required("full", new Shape.Quantity(METRE, .02, 7.8), "30cm").measured(),
            optional("blind", new Shape.Quantity(METRE, 0, 1), "30mm"),
            optional("pings", new Shape.Quantity(RATIO, 1, 99), "9"),
            optional("percentile", new Shape.Quantity(RATIO, 0, 1), "50%"),
            optional("spread", new Shape.Quantity(METRE, 0, 1), "60mm"),
            optional("compensated", new Shape.Choice(List.of("false", "true")), "true"),
            optional("area", new Shape.Choice(List.of("normal", "strict")), "strict")),
        List.of(),
        Parent.NONE,
        Device.REQUIRED);
  }
}
