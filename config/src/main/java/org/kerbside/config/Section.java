package org.kerbside.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
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

  /** Refused where it is read; what it would have brought is not told as missing. */
  static final String MERGE = "<<";

  private final Mark mark;
  private final Map<String, Entry> entries;
  private final Mistakes mistakes;
  private final Set<String> read = new LinkedHashSet<>();
  private final Map<String, Mistake> missing = new LinkedHashMap<>();

  public Section(Mark mark, Map<String, Entry> entries, Mistakes mistakes) {
    this.mark = mark;
    this.entries = new LinkedHashMap<>(entries);
    this.mistakes = mistakes;
    this.read.add(MERGE);
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
    var node = node(key);
    if (node instanceof Node.Word(var text)) {
      return text;
    }
    refuseShape(key, node, "one value");
    return null;
  }

  /** A scalar that must be there. */
  public @Nullable Text required(String key, String example) {
    tellMissing(key, example);
    return text(key);
  }

  /** A section that must be there. */
  public @Nullable Section requiredSection(String key, String example) {
    tellMissing(key, example);
    return section(key);
  }

  private void tellMissing(String key, String example) {
    if (has(key) || has(MERGE)) {
      return;
    }
    var mistake =
        new Mistake(
            mark, "E001", "'%s' is missing".formatted(key), "add %s: %s".formatted(key, example));
    missing.put(key, mistake);
    mistakes.add(mistake);
  }

  public @Nullable Section section(String key) {
    var node = node(key);
    if (node instanceof Node.Mapping(var section)) {
      return section;
    }
    refuseShape(key, node, "a section { … }");
    return null;
  }

  /** A list of scalars; a lone scalar is a list of one; missing is empty. */
  public List<Text> texts(String key) {
    var node = node(key);
    if (node instanceof Node.Word(var text)) {
      return List.of(text);
    }
    if (node instanceof Node.Items(var items, _)) {
      return words(key, items);
    }
    refuseShape(key, node, "a list [ … ]");
    return List.of();
  }

  /** A list of sections; missing is empty. */
  public List<Section> sections(String key) {
    var node = node(key);
    if (node instanceof Node.Items(var items, _)) {
      return mappings(key, items);
    }
    refuseShape(key, node, "a list of sections");
    return List.of();
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

  /** A length of time, not negative: {@code 10min}, {@code 0s}. */
  public @Nullable Duration duration(String key) {
    Double seconds = quantity(key, Unit.SECOND);
    if (seconds != null && seconds < 0) {
      mistakes.add(markOf(key), "E103", "'%s' is negative".formatted(key), "write 0s or more");
      return null;
    }
    return seconds == null ? null : Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /** A unit that the house knows; null when missing or another. */
  public @Nullable Unit unit(String key) {
    var text = text(key);
    var unit = text == null ? null : Unit.of(text.text());
    if (text != null && unit == null) {
      mistakes.add(
          text.mark(),
          "E102",
          "'%s' is no unit that is known here".formatted(text),
          Nearest.help(text.text(), Unit.symbols()));
    }
    return unit;
  }

  /** One of these words; null when missing or another. */
  public @Nullable String choice(String key, List<String> words) {
    var text = text(key);
    if (text == null) {
      return null;
    }
    if (words.contains(text.text())) {
      return text.text();
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
      String written = entry.key().text();
      if (!read.contains(written)) {
        mistakes.add(
            entry.key().mark(),
            "E003",
            "'%s' is not a setting of %s".formatted(entry.key(), owner),
            Nearest.help(written, known()));
        withdrawMissing(Nearest.of(written, read));
      }
    }
  }

  private Set<String> known() {
    var known = new LinkedHashSet<>(read);
    known.remove(MERGE);
    return known;
  }

  /** What was misspelt is not missing as well. */
  private void withdrawMissing(@Nullable String meant) {
    var mistake = meant == null ? null : missing.remove(meant);
    if (mistake != null) {
      mistakes.withdraw(mistake);
    }
  }

  /** Tells of settings that the papers know and this version does not keep yet. */
  void refuseLater(String owner, String... keys) {
    for (var key : keys) {
      if (has(key)) {
        read.add(key);
        mistakes.add(
            markOf(key),
            "E003",
            "'%s' of %s comes with a later version".formatted(key, owner),
            "remove it");
      }
    }
  }

  /** The same section with every scalar under it changed, unread. */
  public Section map(UnaryOperator<Text> change) {
    var changed = new LinkedHashMap<String, Entry>();
    entries.forEach(
        (key, entry) -> changed.put(key, new Entry(entry.key(), entry.value().map(change))));
    return new Section(mark, changed, mistakes);
  }

  /** Whether it says the same as another, wherever the two stand and in whatever order. */
  public boolean says(Section other) {
    return entries.keySet().equals(other.entries.keySet())
        && entries.entrySet().stream()
            .allMatch(
                entry -> {
                  var theirs = other.entries.get(entry.getKey());
                  return theirs != null && entry.getValue().value().says(theirs.value());
                });
  }

  /** The same section, unread, with one entry set. */
  Section with(Text key, Node value) {
    var changed = new LinkedHashMap<>(entries);
    changed.put(key.text(), new Entry(key, value));
    return new Section(mark, changed, mistakes);
  }

  /** Both sections as one, unread: the later wins key by key, in sections below too. */
  public Section merged(Section later) {
    var both = new LinkedHashMap<>(entries);
    later.entries.forEach(
        (key, entry) ->
            both.merge(
                key, entry, (mine, theirs) -> new Entry(theirs.key(), merged(mine, theirs))));
    return new Section(later.mark, both, mistakes);
  }

  private static Node merged(Entry mine, Entry theirs) {
    if (mine.value() instanceof Node.Mapping(var lower)
        && theirs.value() instanceof Node.Mapping(var upper)) {
      return new Node.Mapping(lower.merged(upper));
    }
    return theirs.value().over(mine.value());
  }

  private List<Text> words(String key, List<Node> items) {
    var words = new ArrayList<Text>();
    for (var item : items) {
      if (item instanceof Node.Word(var text)) {
        words.add(text);
      } else {
        refuseShape(key, item, "a list of words");
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
        refuseShape(key, item, "a list of sections");
      }
    }
    return sections;
  }

  /** What is missing has no shape. */
  private void refuseShape(String key, @Nullable Node node, String wanted) {
    if (node != null) {
      mistakes.add(
          node.mark(),
          "E004",
          "'%s' has the wrong shape".formatted(key),
          "write %s".formatted(wanted));
    }
  }
}
