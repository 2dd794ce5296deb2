package org.kerbside.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Unit;

/**
 * A mapping of a configuration file. Who reads a key has understood it; {@link #refuseOthers} tells
 * of the rest. What is wrong goes to the mistakes, and the reader gets null: all mistakes in one
 * run. Belongs to the thread that reads the configuration.
 */
public final class Section {

  /** A key with its place and what stands under it. */
  public record Entry(Text key, Node value) {}

  private final Mark mark;
  private final Map<String, Entry> entries;
  private final Mistakes mistakes;
  private final Set<String> read = new LinkedHashSet<>();

  public Section(Mark mark, Map<String, Entry> entries, Mistakes mistakes) {
    this.mark = mark;
    this.entries = new LinkedHashMap<>(entries);
    this.mistakes = mistakes;
  }

  public Mark mark() {
    return mark;
  }

  public Mistakes mistakes() {
    return mistakes;
  }

  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** Every entry, in the order of the file; counts as read. */
  public Collection<Entry> entries() {
    read.addAll(entries.keySet());
    return List.copyOf(entries.values());
  }

  public @Nullable Node node(String key) {
    read.add(key);
    var entry = entries.get(key);
    return entry == null ? null : entry.value();
  }

  /** The key's place, or the section's where it is missing. */
  public Mark markOf(String key) {
    var entry = entries.get(key);
    return entry == null ? mark : entry.key().mark();
  }

  /** A scalar, or null when it is missing or no scalar. */
  public @Nullable Text text(String key) {
    return switch (node(key)) {
      case null -> null;
      case Node.Word(var text) -> text;
      case Node.Items items -> {
        wrongShape(key, items.mark(), "one value");
        yield null;
      }
      case Node.Mapping mapping -> {
        wrongShape(key, mapping.mark(), "one value");
        yield null;
      }
    };
  }

  /** A scalar that must be there. */
  public @Nullable Text required(String key, String example) {
    if (!has(key)) {
      mistakes.add(
          mark, "E001", "'%s' is missing".formatted(key), "add %s: %s".formatted(key, example));
      return null;
    }
    return text(key);
  }

  public @Nullable Section section(String key) {
    return switch (node(key)) {
      case null -> null;
      case Node.Mapping(var section) -> section;
      case Node.Word(var text) -> {
        wrongShape(key, text.mark(), "a section { … }");
        yield null;
      }
      case Node.Items items -> {
        wrongShape(key, items.mark(), "a section { … }");
        yield null;
      }
    };
  }

  /** A list of scalars; a lone scalar is a list of one; missing is empty. */
  public List<Text> texts(String key) {
    return switch (node(key)) {
      case null -> List.of();
      case Node.Word(var text) -> List.of(text);
      case Node.Items(var items, var place) -> words(key, items);
      case Node.Mapping mapping -> {
        wrongShape(key, mapping.mark(), "a list [ … ]");
        yield List.of();
      }
    };
  }

  /** A list of sections; missing is empty. */
  public List<Section> sections(String key) {
    return switch (node(key)) {
      case null -> List.of();
      case Node.Items(var items, var place) -> mappings(key, items);
      case Node.Word(var text) -> {
        wrongShape(key, text.mark(), "a list of sections");
        yield List.of();
      }
      case Node.Mapping mapping -> {
        wrongShape(key, mapping.mark(), "a list of sections");
        yield List.of();
      }
    };
  }

  /** A number with a unit, in the kept unit of {@code unit}; null when missing or wrong. */
  public @Nullable Double quantity(String key, Unit unit) {
    var text = text(key);
    return text == null ? null : Quantities.read(text, unit, mistakes);
  }

  /** A number without a unit. */
  public @Nullable Double number(String key) {
    var text = text(key);
    return text == null ? null : Quantities.number(text, mistakes);
  }

  /** A length of time: {@code 10min}, {@code 0s}. */
  public @Nullable Duration duration(String key) {
    Double seconds = quantity(key, Unit.SECOND);
    return seconds == null ? null : Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /** One of these words; null when missing or another. */
  public @Nullable String choice(String key, List<String> words) {
    var text = text(key);
    if (text == null || words.contains(text.text())) {
      return text == null ? null : text.text();
    }
    mistakes.add(
        text.mark(),
        "E104",
        "'%s' is not a value of '%s'".formatted(text, key),
        Nearest.help(text.text(), words));
    return null;
  }

  /** Tells of every key that nobody read: {@code 'powr' is not a setting of kind 'lamp'}. */
  public void refuseOthers(String owner) {
    for (var entry : entries.values()) {
      if (!read.contains(entry.key().text())) {
        mistakes.add(
            entry.key().mark(),
            "E003",
            "'%s' is not a setting of %s".formatted(entry.key(), owner),
            Nearest.help(entry.key().text(), read));
      }
    }
  }

  private List<Text> words(String key, List<Node> items) {
    var words = new ArrayList<Text>();
    for (var item : items) {
      if (item instanceof Node.Word(var text)) {
        words.add(text);
      } else {
        wrongShape(key, item.mark(), "a list of words");
      }
    }
    return words;
  }

  private List<Section> mappings(String key, List<Node> items) {
    var sections = new ArrayList<Section>();
    for (var item : items) {
      if (item instanceof Node.Mapping(var section)) {
        sections.add(section);
      } else {
        wrongShape(key, item.mark(), "a list of sections");
      }
    }
    return sections;
  }

  private void wrongShape(String key, Mark where, String wanted) {
    mistakes.add(
        where, "E004", "'%s' has the wrong shape".formatted(key), "write %s".formatted(wanted));
  }
}
