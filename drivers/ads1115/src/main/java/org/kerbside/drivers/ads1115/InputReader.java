package org.kerbside.drivers.ads1115;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Node;
import org.kerbside.config.Section;
import org.kerbside.drivers.ads1115.Input.Span;
import org.kerbside.drivers.api.Chip;
import org.kerbside.drivers.api.I2c;
import org.kerbside.drivers.api.Quantity;

/**
 * Reads what is wired to the inputs: {@code points: { level: { input: 0, shunt: 150, span: 4.096V,
 * unit: m, from: 0, to: 5 } }}.
 */
final class InputReader {

  private static final double SHUNT = 150; // ohm
  private static final double LEAST_SHUNT = 10;
  private static final double MOST_SHUNT = 300;
  private static final int INPUTS = 4;

  private final Mistakes mistakes;
  private final Set<Integer> taken = new HashSet<>();

  private InputReader(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** Null when a mistake was told. */
  static Chip.@Nullable Fitting<I2c> read(Section profile) {
    var mistakes = profile.mistakes();
    long before = mistakes.errors();
    var points =
        profile.requiredSection("points", "{ level: { input: 0, unit: m, from: 0, to: 5 } }");
    var inputs = points == null ? List.<Input>of() : new InputReader(mistakes).inputs(points);
    return mistakes.errors() > before
        ? null
        : new Chip.Fitting<>(
            inputs.stream().map(each -> Quantity.number(each.quantity(), each.unit())).toList(),
            Duration.ofSeconds(10),
            (chip, time) -> new Ads1115(chip, time, inputs));
  }

  private List<Input> inputs(Section points) {
    var inputs = new ArrayList<Input>();
    for (var entry : points.entries()) {
      if (entry.value() instanceof Node.Mapping(var own)) {
        var input = input(entry.key().text(), own);
        if (input != null) {
          inputs.add(input);
        }
      } else {
        mistakes.add(
            entry.value().mark(),
            "E004",
            "'%s' has the wrong shape".formatted(entry.key()),
            "write { input: 0, unit: m, from: 0, to: 5 }");
      }
    }
    return inputs;
  }

  private @Nullable Input input(String quantity, Section own) {
    var channel = channel(own);
    var span = span(own);
    var shunt = shunt(own);
    own.required("unit", "m");
    var unit = own.unit("unit");
    var low = end(own, "from", "0");
    var high = end(own, "to", "5");
    own.refuseOthers("a point of ads1115");
    if (channel == null
        || span == null
        || shunt == null
        || unit == null
        || low == null
        || high == null) {
      return null;
    }
    if (Input.SHORT / 1000 * shunt > span.volts()) {
      mistakes.add(
          own.has("span") ? own.markOf("span") : own.mark(),
          "E103",
          "21 mA across %s ohm are more than %s V: a short would not be seen"
              .formatted(shunt, span.volts()),
          "take a smaller shunt, or span: 6.144V");
      return null;
    }
    return new Input(quantity, channel, span, shunt, low, high, unit);
  }

  private static @Nullable Double end(Section own, String key, String example) {
    return own.required(key, example) == null ? null : own.number(key);
  }

  private @Nullable Integer channel(Section own) {
    var text = own.required("input", "0");
    if (text == null) {
      return null;
    }
    if (!text.text().matches("[0-3]")) {
      mistakes.add(
          text.mark(),
          "E103",
          "'%s' is no input".formatted(text),
          "write 0 to %d, as at the chip's pins AIN0 to AIN3".formatted(INPUTS - 1));
      return null;
    }
    int channel = Integer.parseInt(text.text());
    if (!taken.add(channel)) {
      mistakes.add(
          text.mark(),
          "E005",
          "input %d is another point's already".formatted(channel),
          "write the one that this transmitter is wired to");
      return null;
    }
    return channel;
  }

  private static @Nullable Span span(Section own) {
    if (!own.has("span")) {
      return Span.V4_096;
    }
    var spans = new LinkedHashMap<String, Span>();
    for (var span : Span.values()) {
      spans.put(span.volts() + "V", span);
    }
    var chosen = own.choice("span", List.copyOf(spans.keySet()));
    return chosen == null ? null : spans.get(chosen);
  }

  private @Nullable Double shunt(Section own) {
    if (!own.has("shunt")) {
      return SHUNT;
    }
    var shunt = own.number("shunt");
    if (shunt != null && (shunt < LEAST_SHUNT || shunt > MOST_SHUNT)) {
      mistakes.add(
          own.markOf("shunt"),
          "E103",
          "'shunt' is out of range",
          "write %.0f to %.0f ohm, as it is printed on it".formatted(LEAST_SHUNT, MOST_SHUNT));
      return null;
    }
    return shunt;
  }
}
