package org.kerbside.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.SequencedMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Kind;

/**
 * What a site says, word for word: includes merged, ranges written out, what was learned laid over
 * it, secrets by their names. For people who compare and look up; nothing is checked. Each word
 * knows where it stands and what it took the place of.
 *
 * @param parts in the order of the files; words by dotted name
 */
public record Outline(SequencedMap<Part, SequencedMap<String, Text>> parts) {

  private static final Pattern CREDENTIALS = Pattern.compile("://[^/\\s]*@");

  /** What of a site may change by itself. */
  public enum What {
    /** All that belongs to nothing else: the site's name, its language, its journal. */
    SITE,
    UPLINK,
    BUS,
    ASSET,
    RULE,
    DEFAULTS;

    /** As JSON has it: {@code asset}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * A part of a site.
   *
   * @param name as the site writes it: {@code bin-2}; of site and uplink their own word
   */
  public record Part(What what, String name) {}

  public Outline {
    parts = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(parts));
  }

  /** The words of a part; none where it is not there. */
  public SequencedMap<String, Text> of(Part part) {
    return parts.getOrDefault(part, new LinkedHashMap<>());
  }

  /**
   * Outlines a site that was read without errors.
   *
   * @param top as it is merged, secrets by their names
   */
  static Outline of(
      Section top, SequencedMap<String, Kind> kinds, Overlay overlay, Mistakes mistakes) {
    var parts = new LinkedHashMap<Part, SequencedMap<String, Text>>();
    for (var entry : top.entries()) {
      var key = entry.key().text();
      switch (key) {
        case "uplink" -> put(parts, new Part(What.UPLINK, key), entry.value());
        case "buses" -> each(parts, What.BUS, top.section(key));
        case "defaults" -> each(parts, What.DEFAULTS, top.section(key));
        case "assets" -> assets(parts, top.section(key), kinds, overlay, mistakes);
        case "rules" -> rules(parts, top);
        default ->
            flatten(
                parts.computeIfAbsent(new Part(What.SITE, "site"), _ -> new LinkedHashMap<>()),
                key.equals("site") ? "" : key,
                entry.value());
      }
    }
    return new Outline(parts);
  }

  private static void each(
      SequencedMap<Part, SequencedMap<String, Text>> parts, What what, @Nullable Section all) {
    if (all != null) {
      all.entries().forEach(one -> put(parts, new Part(what, one.key().text()), one.value()));
    }
  }

  private static void rules(SequencedMap<Part, SequencedMap<String, Text>> parts, Section top) {
    int number = 1;
    for (var rule : top.sections("rules")) {
      var name = rule.has("rule") ? rule.text("rule") : rule.text("programme");
      var word = name == null ? "rules.%d".formatted(number) : name.text();
      put(parts, new Part(What.RULE, word), new Node.Mapping(rule));
      number++;
    }
  }

  private static void assets(
      SequencedMap<Part, SequencedMap<String, Text>> parts,
      @Nullable Section assets,
      SequencedMap<String, Kind> kinds,
      Overlay overlay,
      Mistakes mistakes) {
    if (assets == null) {
      return;
    }
    for (var entry : assets.entries()) {
      var own = assets.section(entry.key().text());
      var line = own == null ? null : AssetLine.of(entry.key(), own, mistakes);
      if (line != null) {
        int index = 0;
        for (var id : line.ids()) {
          var section = line.section(index);
          var word = section.text("kind");
          var kind = word == null ? null : kinds.get(word.text());
          var laid = kind == null ? section : overlay.over(id.text(), kind, section, mistakes);
          put(parts, new Part(What.ASSET, id.text()), new Node.Mapping(laid));
          index++;
        }
      }
    }
  }

  private static void put(
      SequencedMap<Part, SequencedMap<String, Text>> parts, Part part, Node node) {
    flatten(parts.computeIfAbsent(part, _ -> new LinkedHashMap<>()), "", node);
  }

  private static void flatten(SequencedMap<String, Text> words, String name, Node node) {
    switch (node) {
      case Node.Word(var text) -> words.put(name, hidden(name, text));
      case Node.Items(var items, var mark)
          when items.stream().allMatch(Node.Word.class::isInstance) ->
          words.put(
              name,
              new Text(
                  items.stream()
                      .map(item -> item instanceof Node.Word(var text) ? text.toString() : "")
                      .collect(Collectors.joining(", ", "[", "]")),
                  mark,
                  Text.Style.PLAIN));
      case Node.Items(var items, var mark) -> {
        int number = 1;
        for (var item : items) {
          flatten(words, dotted(name, String.valueOf(number)), item);
          number++;
        }
      }
      case Node.Mapping(var section) ->
          section
              .map(UnaryOperator.identity())
              .entries()
              .forEach(entry -> flatten(words, dotted(name, entry.key().text()), entry.value()));
    }
  }

  /** What was written in the open is shown no more than a secret. */
  private static Text hidden(String name, Text text) {
    boolean isOpen = name.endsWith("password") || CREDENTIALS.matcher(text.text()).find();
    var below = text.below();
    return isOpen
        ? new Text(
            text.text(), text.mark(), Text.Style.SECRET, below == null ? null : hidden(name, below))
        : text;
  }

  private static String dotted(String name, String key) {
    return name.isEmpty() ? key : name + "." + key;
  }
}
