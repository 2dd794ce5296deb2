package org.kerbside.gateway.assets;

import static org.kerbside.gateway.assets.Specs.change;
import static org.kerbside.gateway.assets.Specs.counter;
import static org.kerbside.gateway.assets.Specs.flag;
import static org.kerbside.gateway.assets.Specs.hours;
import static org.kerbside.gateway.assets.Specs.minutes;
import static org.kerbside.gateway.assets.Specs.num;
import static org.kerbside.gateway.assets.Specs.points;
import static org.kerbside.gateway.assets.Specs.share;
import static org.kerbside.gateway.assets.Specs.state;
import static org.kerbside.gateway.assets.Specs.step;
import static org.kerbside.gateway.assets.Specs.writable;
import static org.kerbside.gateway.model.SettingSpec.optional;
import static org.kerbside.gateway.model.SettingSpec.required;
import static org.kerbside.gateway.model.Unit.AMPERE;
import static org.kerbside.gateway.model.Unit.CELSIUS;
import static org.kerbside.gateway.model.Unit.CHARGE;
import static org.kerbside.gateway.model.Unit.CONDUCTIVITY;
import static org.kerbside.gateway.model.Unit.COUNT;
import static org.kerbside.gateway.model.Unit.CUBIC_METRE;
import static org.kerbside.gateway.model.Unit.DBM;
import static org.kerbside.gateway.model.Unit.DEGREE;
import static org.kerbside.gateway.model.Unit.FLOW;
import static org.kerbside.gateway.model.Unit.HERTZ;
import static org.kerbside.gateway.model.Unit.HUMIDITY;
import static org.kerbside.gateway.model.Unit.KILOGRAM;
import static org.kerbside.gateway.model.Unit.KILOWATT_HOUR;
import static org.kerbside.gateway.model.Unit.LUX;
import static org.kerbside.gateway.model.Unit.METRE;
import static org.kerbside.gateway.model.Unit.METRE_PER_SECOND;
import static org.kerbside.gateway.model.Unit.MICROGRAM;
import static org.kerbside.gateway.model.Unit.PASCAL;
import static org.kerbside.gateway.model.Unit.RATIO;
import static org.kerbside.gateway.model.Unit.SECOND;
import static org.kerbside.gateway.model.Unit.VOLT;
import static org.kerbside.gateway.model.Unit.WATT;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.Kind.Device;
import org.kerbside.gateway.model.Kind.Parent;
import org.kerbside.gateway.model.PointSpec;
import org.kerbside.gateway.model.SettingSpec;
import org.kerbside.gateway.model.SettingSpec.Shape;

/**
 * Every kind of asset with its points: the one table that configuration, rules, page and
 * self-description are fed from. A range is plausibility, not a limit: outside is bad. Bands and
 * beats are our defaults, a site may change them.
 */
public final class Kinds {

  private static final Shape PIPE = new Shape.Words();
  private static final Shape OPEN = new Shape.Open();

  // An output is switched at most once in them; the desk has the defaults.
  private static final SettingSpec MIN_ON =
      optional("min-on", new Shape.Quantity(SECOND, 0, 3600), "10s");
  private static final SettingSpec MIN_OFF =
      optional("min-off", new Shape.Quantity(SECOND, 0, 3600), "10s");

  /** By name, in the order in which the page shows them. */
  public static final SequencedMap<String, Kind> TABLE =
      Kind.table(
          List.of(
              toilet(), stall(), air(), bin(), feeder(), lamp(), master(), zone(), generic(),
              cabinet()));

  private Kinds() {}

  private static Kind toilet() {
    return kind(
        "toilet",
        points(
            num("free", COUNT, 0, 200, change(), minutes(15)),
            counter("visits", COUNT, 1, hours(1)),
            flag("sos", hours(1)),
            num("septic", RATIO, 0, 1.2, step(.02), hours(6)),
            num("flow", FLOW, 0, .005, step(2e-5), hours(1)),
            counter("water", CUBIC_METRE, .01, hours(1)),
            num("pipe", CELSIUS, -50, 60, step(.5), hours(1)),
            writable(flag("heat", hours(1))),
            writable(flag("fan", hours(1))),
            writable(flag("sign", hours(1)))),
        List.of(
            optional("hours", new Shape.Words(), "05:00..23:00"),
            optional("class", new Shape.Choice(List.of("2", "1", "3")), "2"),
            optional("meter", OPEN, "{ pulses: 450/L, at: gpio/23 }")),
        List.of(),
        Parent.NONE,
        Device.OPTIONAL);
  }

  private static Kind stall() {
    return kind(
        "stall",
        points(
            flag("occupied", minutes(15)),
            flag("shut", hours(1)),
            state("presence", minutes(15), "none", "moving", "still", "both"),
            counter("uses", COUNT, 1, hours(1)),
            flag("sos", hours(1))),
        List.of(optional("reed", OPEN, "gpio/5"), optional("sos", OPEN, "gpio/6")),
        List.of("toilet"),
        Parent.REQUIRED,
        Device.REQUIRED);
  }

  private static Kind air() {
    return kind(
        "air",
        points(
            num("nh3", MICROGRAM, 0, 35_000, step(35), minutes(30)),
            num("h2s", MICROGRAM, 0, 70_000, step(3), minutes(30)),
            num("temperature", CELSIUS, -40, 60, step(.3), minutes(30)),
            num("humidity", HUMIDITY, 0, 100, step(2), minutes(30))),
        List.of(optional("warm-up", new Shape.Quantity(SECOND, 0, 7 * 86_400), "48h")),
        List.of("toilet"),
        Parent.REQUIRED,
        Device.REQUIRED);
  }

  private static Kind bin() {
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
            required("empty", new Shape.Quantity(METRE, .2, 8), "120cm"),
            required("full", new Shape.Quantity(METRE, .02, 7.8), "30cm"),
            optional("area", new Shape.Choice(List.of("normal", "strict")), "strict")),
        List.of(),
        Parent.NONE,
        Device.REQUIRED);
  }

  private static Kind lamp() {
    return kind(
        "lamp",
        points(
            writable(flag("on", hours(1))),
            writable(num("dim", RATIO, 0, 1, step(.01), hours(1))),
            num("power", WATT, 0, 2000, share(.03, 1), minutes(30)),
            num("voltage", VOLT, 0, 300, step(3), hours(1)),
            num("current", AMPERE, 0, 20, share(.05), hours(1)),
            num("factor", RATIO, -1, 1, step(.03), hours(1)),
            counter("energy", KILOWATT_HOUR, .01, hours(1)),
            flag("lit", hours(1)),
            counter("hours", SECOND, 3600, hours(24)),
            counter("switches", COUNT, 1, hours(24)),
            rssi()),
        List.of(
            required("power", new Shape.Quantity(WATT, 1, 2000), "60W"),
            optional("road", new Shape.Choice(List.of("main", "side")), "main"),
            optional("curve", OPEN, "learned"),
            optional("relay", OPEN, "gpio/7"),
            MIN_ON,
            MIN_OFF),
        List.of("feeder"),
        Parent.OPTIONAL,
        Device.REQUIRED);
  }

  private static Kind feeder() {
    return kind(
        "feeder",
        points(
            writable(flag("contactor", hours(1))),
            num("power", WATT, 0, 1e6, share(.02), minutes(15)),
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
            optional("contactor", OPEN, "gpio/17"),
            optional("door", OPEN, "gpio/18"),
            optional("leakage", OPEN, "i2c-1/0x48"),
            optional("lux", OPEN, "i2c-1/0x23"),
            MIN_ON,
            MIN_OFF),
        List.of(),
        Parent.NONE,
        Device.REQUIRED);
  }

  private static Kind zone() {
    return kind(
        "zone",
        points(
            writable(num("valve", RATIO, 0, 1, change(), hours(1))),
            num("flow", FLOW, 0, .05, share(.03), minutes(10)),
            counter("volume", CUBIC_METRE, .01, hours(1)),
            num("pressure", PASCAL, 0, 1.6e6, step(5000), minutes(10)),
            num("moisture", RATIO, 0, 1, step(.01), hours(1)),
            num("soil", CELSIUS, -50, 60, step(.3), hours(1)),
            num("salinity", CONDUCTIVITY, 0, 2, step(.005), hours(1))),
        List.of(
            optional("valve", OPEN, "gpio/25"),
            required(
                "method", new Shape.Choice(List.of("sprinkler", "drip", "bubbler")), "sprinkler"),
            optional("pipe", PIPE, "DN25"),
            optional("meter", OPEN, "{ pulses: 450/L, at: gpio/26 }"),
            optional("probe", OPEN, "rs485-a/51"),
            optional("max-run", new Shape.Quantity(SECOND, 60, 86_400), "40min"),
            MIN_ON,
            MIN_OFF),
        List.of("master"),
        Parent.OPTIONAL,
        Device.OPTIONAL);
  }

  private static Kind master() {
    return kind(
        "master",
        points(
            writable(num("valve", RATIO, 0, 1, change(), hours(1))),
            num("flow", FLOW, 0, .05, share(.03), minutes(10)),
            counter("volume", CUBIC_METRE, .01, hours(1)),
            num("pressure", PASCAL, 0, 1.6e6, step(5000), minutes(10)),
            counter("rain", METRE, .0002, hours(1)),
            num("wind", METRE_PER_SECOND, 0, 60, step(.5), minutes(10)),
            num("temperature", CELSIUS, -50, 60, step(.3), minutes(10)),
            writable(flag("pump", hours(1)))),
        List.of(
            optional("meter", OPEN, "{ pulses: 12/L, at: gpio/23 }"),
            optional("valve", OPEN, "gpio/24"),
            optional("pipe", PIPE, "DN40"),
            optional("rain", OPEN, "gpio/27"),
            optional("wind", OPEN, "rs485-a/61"),
            optional("season", new Shape.Words(), "04-15..10-15"),
            optional("at-once", new Shape.Quantity(COUNT, 1, 100), "2count"),
            optional("budget", OPEN, "30m3/day"),
            MIN_ON,
            MIN_OFF),
        List.of(),
        Parent.NONE,
        Device.OPTIONAL);
  }

  private static Kind generic() {
    return kind("generic", points(), List.of(), List.of(), Parent.NONE, Device.REQUIRED);
  }

  private static Kind cabinet() {
    return kind(
        "cabinet",
        points(
            num("temperature", CELSIUS, -50, 120, step(1), hours(1)),
            num("supply", VOLT, 0, 60, step(.1), hours(1)),
            flag("mains", hours(1)),
            flag("door", hours(1)),
            num("disk", RATIO, 0, 1, step(.01), hours(1)),
            num("queue", COUNT, 0, 1e9, share(.2, 10), hours(1)),
            state("clock", hours(1), "sync", "hold", "none"),
            num("certificate", SECOND, -1e9, 1e9, step(86_400), hours(24))),
        List.of(),
        List.of(),
        Parent.NONE,
        Device.OPTIONAL);
  }

  private static PointSpec battery() {
    return num("battery", CHARGE, 0, 100, step(1), hours(24));
  }

  private static PointSpec rssi() {
    return num("rssi", DBM, -140, 0, step(3), hours(24));
  }

  private static Kind kind(
      String name,
      SequencedMap<String, PointSpec> points,
      List<SettingSpec> settings,
      List<String> parents,
      Parent parent,
      Device device) {
    return new Kind(name, new LinkedHashMap<>(points), settings, parents, parent, device);
  }
}
