package org.kerbside.config;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.SettingSpec;
import org.kerbside.gateway.model.SettingSpec.Need;
import org.kerbside.gateway.model.SettingSpec.Shape;
import org.kerbside.gateway.model.Value;

/** Reads the settings of an asset's kind, each by its shape. */
final class SettingsReader {

  private final Section own;
  private final Mistakes mistakes;

  SettingsReader(Section own, Mistakes mistakes) {
    this.own = own;
    this.mistakes = mistakes;
  }

  /** In kept units, defaults filled in; a section's settings by dotted name: {@code meter.at}. */
  Map<String, Value> read(Kind kind) {
    var values = new LinkedHashMap<String, Value>();
    kind.settings().forEach(spec -> read(spec, values));
    flatten(values, "programme", own.node("programme"));
    new Depth(own, mistakes).check(values);
    return values;
  }

  private void read(SettingSpec spec, Map<String, Value> values) {
    requireOrPass(spec);
    switch (spec.shape()) {
      case Shape.Quantity quantity -> put(values, spec.name(), number(spec, quantity));
      case Shape.Choice(var words) -> put(values, spec.name(), choice(spec, words));
      case Shape.Words() -> put(values, spec.name(), words(spec.name()));
      case Shape.Group(var settings) -> group(spec.name(), settings, values);
      case Shape.Wired(_, _) -> put(values, spec.name(), wired(spec.name()));
      case Shape.Open() -> flatten(values, spec.name(), own.node(spec.name()));
    }
  }

  private void group(String name, List<SettingSpec> settings, Map<String, Value> values) {
    var section = own.section(name);
    if (section == null) {
      return;
    }
    var inner = new SettingsReader(section, mistakes);
    var read = new LinkedHashMap<String, Value>();
    settings.forEach(spec -> inner.read(spec, read));
    section.refuseOthers("'%s'".formatted(name));
    read.forEach((key, value) -> values.put(name + "." + key, value));
  }

  private void requireOrPass(SettingSpec spec) {
    if (spec.need() == Need.REQUIRED) {
      own.required(spec.name(), spec.example());
    }
  }

  private static void put(Map<String, Value> values, String name, @Nullable Value value) {
    if (value != null) {
      values.put(name, value);
    }
  }

  private @Nullable Value number(SettingSpec spec, Shape.Quantity quantity) {
    var text = own.text(spec.name());
    Double number = text == null ? null : Quantities.read(text, quantity, spec.example(), mistakes);
    return number == null ? null : new Value.Num(number);
  }

  private @Nullable Value choice(SettingSpec spec, List<String> words) {
    var written = own.choice(spec.name(), words);
    var word = written == null ? spec.fallback() : written;
    return word == null ? null : new Value.State(word);
  }

  private @Nullable Value words(String name) {
    var text = own.text(name);
    if (text == null) {
      return null;
    }
    return Spans.check(name, text, mistakes) ? new Value.State(text.text()) : null;
  }

  /** Where it is; what stands there is read with the devices. */
  private @Nullable Value wired(String name) {
    var at =
        own.node(name) instanceof Node.Mapping(var section) ? section.text("at") : own.text(name);
    return at == null ? null : new Value.State(at.text());
  }

  private static void flatten(Map<String, Value> values, String name, @Nullable Node node) {
    switch (node) {
      case null -> {}
      case Node.Word(var text) -> values.put(name, new Value.State(text.text()));
      case Node.Items(var items, var mark) ->
          values.put(
              name,
              new Value.State(
                  items.stream().map(SettingsReader::word).collect(Collectors.joining(", "))));
      case Node.Mapping(var section) ->
          section
              .entries()
              .forEach(entry -> flatten(values, name + "." + entry.key(), entry.value()));
    }
  }

  private static String word(Node node) {
    return node instanceof Node.Word(var text) ? text.text() : "…";
  }
}
