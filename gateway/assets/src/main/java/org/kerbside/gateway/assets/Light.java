package org.kerbside.gateway.assets;

import static org.kerbside.gateway.assets.Specs.OPEN;
import static org.kerbside.gateway.assets.Specs.counter;
import static org.kerbside.gateway.assets.Specs.curve;
import static org.kerbside.gateway.assets.Specs.flag;
import static org.kerbside.gateway.assets.Specs.hours;
import static org.kerbside.gateway.assets.Specs.kind;
import static org.kerbside.gateway.assets.Specs.minOff;
import static org.kerbside.gateway.assets.Specs.minOn;
import static org.kerbside.gateway.assets.Specs.minutes;
import static org.kerbside.gateway.assets.Specs.num;
import static org.kerbside.gateway.assets.Specs.points;
import static org.kerbside.gateway.assets.Specs.rssi;
import static org.kerbside.gateway.assets.Specs.share;
import static org.kerbside.gateway.assets.Specs.step;
import static org.kerbside.gateway.assets.Specs.verify;
import static org.kerbside.gateway.assets.Specs.wired;
import static org.kerbside.gateway.assets.Specs.writable;
import static org.kerbside.gateway.model.SettingSpec.optional;
import static org.kerbside.gateway.model.SettingSpec.required;
import static org.kerbside.gateway.model.Unit.AMPERE;
import static org.kerbside.gateway.model.Unit.COUNT;
import static org.kerbside.gateway.model.Unit.HERTZ;
import static org.kerbside.gateway.model.Unit.KILOWATT_HOUR;
import static org.kerbside.gateway.model.Unit.LUX;
import static org.kerbside.gateway.model.Unit.RATIO;
import static org.kerbside.gateway.model.Unit.SECOND;
import static org.kerbside.gateway.model.Unit.VOLT;
import static org.kerbside.gateway.model.Unit.WATT;

import java.util.List;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Kind.Device;
import org.kerbside.gateway.model.Kind.Parent;
import org.kerbside.gateway.model.SettingSpec.Shape;

/** The kinds of a lit street: feeder, lamp. */
final class Light {

  private Light() {}

  static Kind feeder() {
    return kind(
        "feeder",
        points(
            writable(flag("contactor", hours(1))),
            num("power", WATT, 0, 1e6, share(.02), minutes(15)),
            num("expected", WATT, 0, 1e6, share(.02), hours(1)),
            num("powerA", WATT, 0, 1e6, share(.02), minutes(15)),
            num("powerB", WATT, 0, 1e6, share(.02), minutes(15)),
            num("powerC", WATT, 0, 1e6, share(.02), minutes(15)),
            num("voltageA", VOLT, 0, 400, step(3), minutes(15)),
            num("voltageB", VOLT, 0, 400, step(3), minutes(15)),
            num("voltageC", VOLT, 0, 400, step(3), minutes(15)),
            num("currentA", AMPERE, 0, 400, share(.03), minutes(15)),
            num("currentB", AMPERE, 0, 400, share(.03), minutes(15)),
            num("currentC", AMPERE, 0, 400, share(.03), minutes(15)),
            num("factor", RATIO, -1, 1, step(.03), hours(1)),
            num("frequency", HERTZ, 45, 55, step(.1), hours(1)),
            counter("energy", KILOWATT_HOUR, .3, hours(1)),
            num("leakage", AMPERE, 0, 5, step(.005), hours(1)),
            flag("door", hours(1)),
            flag("mains", hours(1)),
            num("lux", LUX, 0, 150_000, share(.1, 1), minutes(15))),
        List.of(
            wired("contactor", "contactor", "lamp-relay", "gpio/17"),
            wired("door", "door", "door-reed", "gpio/18"),
            optional("leakage", OPEN, "i2c-1/0x48"),
            optional("lux", OPEN, "i2c-1/0x23"),
            minOn(),
            minOff(),
            verify()),
        List.of(),
        Parent.NONE,
        Device.REQUIRED);
  }

  static Kind lamp() {
    return kind(
        "lamp",
        points(
            writable(flag("on", hours(1))),
            writable(num("dim", RATIO, 0, 1, step(.01), hours(1))),
            num("power", WATT, 0, 2000, share(.03, 1), minutes(30)),
            num("expected", WATT, 0, 2000, share(.03, 1), hours(1)),
            num("voltage", VOLT, 0, 300, step(3), hours(1)),
            num("current", AMPERE, 0, 20, share(.05), hours(1)),
            num("factor", RATIO, -1, 1, step(.03), hours(1)),
            counter("energy", KILOWATT_HOUR, .01, hours(1)),
            flag("lit", hours(1)),
            counter("hours", SECOND, 3600, hours(24)),
            counter("switches", COUNT, 1, hours(24)),
            rssi()),
        List.of(
            required("power", new Shape.Quantity(WATT, 1, 2000), "60W").measured(),
            optional("road", new Shape.Choice(List.of("main", "side")), "main"),
            curve(),
            wired("relay", "on", "lamp-relay", "gpio/7"),
            wired("dim", "dim", "dimmer", "pwm/2"),
            minOn(),
            minOff(),
            verify()),
        List.of("feeder"),
        Parent.OPTIONAL,
        Device.REQUIRED);
  }
}
