package org.kerbside.config;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.SettingSpec;
import org.kerbside.gateway.model.SettingSpec.Shape;

/**
 * One thing that was learned of an asset.
 *
 * @param set its settings by dotted name, as people write them: {@code empty → 118cm}, {@code
 *     curve.50% → 31W}; where a device was bound anew, {@code at} and perhaps {@code profile}
 * @param was the same before, as far as there was something; {@code at} names the device that went
 * @param by who says so: {@code 4711}
 * @param when in whole seconds
 */
public record Learned(
    Text asset,
    SequencedMap<String, Text> set,
    SequencedMap<String, String> was,
    String by,
    Instant when) {

  /** Where a device is, in the settings of an asset. */
  public static final String AT = "at";

  /** What model it is. */
  public static final String PROFILE = "profile";

  private static final String DEVICES = "devices";
  private static final int LONGEST = 64; // characters of a name of who said so
  private static final Pattern DOT = Pattern.compile("\\.");

  public Learned {
    set = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(set));
    was = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(was));
    when = when.truncatedTo(ChronoUnit.SECONDS); // whoever remembers it keeps milliseconds
    by = by.length() > LONGEST ? by.substring(0, LONGEST) : by;
  }

  /** As it is said on the spot, in no file yet. */
  public static Learned of(
      String asset,
      Map<String, String> set,
      SequencedMap<String, String> was,
      String by,
      Instant when) {
    var words = new LinkedHashMap<String, Text>();
    set.forEach((name, value) -> words.put(name, word(name + "=" + value, value)));
    return new Learned(word(asset, asset), words, was, by, when);
  }

  private static Text word(String line, String word) {
    int at = line.length() - word.length();
    var mark = Mark.of("what was said", line).part(at, word.codePointCount(0, word.length()));
    return new Text(word, mark, Text.Style.QUOTED);
  }

  static @Nullable Learned read(Section own, Mistakes mistakes) {
    var asset = own.required("asset", "bin-2");
    var set = own.requiredSection("set", "{ empty: 118cm }");
    var was = own.section("was");
    var by = own.required("by", "\"4711\"");
    var when = own.required("when", "\"2026-05-02T08:00:00Z\"");
    own.refuseOthers("what was learned");
    var at = when == null ? null : instant(when, mistakes);
    if (asset == null || set == null || by == null || at == null) {
      return null;
    }
    var before = new LinkedHashMap<String, String>();
    words(was).forEach((name, text) -> before.put(name, text.text()));
    return new Learned(asset, words(set), before, by.text(), at);
  }

  private static @Nullable Instant instant(Text when, Mistakes mistakes) {
    try {
      return Instant.parse(when.text());
    } catch (DateTimeParseException other) {
      mistakes.add(
          when.mark(),
          "E303",
          "'%s' is no time".formatted(when),
          "write it as 2026-05-02T08:00:00Z");
      return null;
    }
  }

  private static SequencedMap<String, Text> words(@Nullable Section section) {
    var words = new LinkedHashMap<String, Text>();
    if (section != null) {
      for (var entry : section.entries()) {
        var text = section.text(entry.key().text());
        if (text != null) {
          words.put(entry.key().text(), text);
        }
      }
    }
    return words;
  }

  /** As a line of the overlay's file. */
  String text() {
    var before =
        was.isEmpty()
            ? ""
            : was.entrySet().stream()
                .map(e -> pair(e.getKey(), e.getValue()))
                .collect(Collectors.joining(", ", "was: { ", " }, "));
    return set.entrySet().stream()
        .map(e -> pair(e.getKey(), e.getValue().text()))
        .collect(
            Collectors.joining(
                ", ",
                "{ asset: %s, set: { ".formatted(Diagnostics.quoted(asset.text())),
                " }, %sby: %s, when: \"%s\" }".formatted(before, Diagnostics.quoted(by), when)));
  }

  private static String pair(String name, String value) {
    return "%s: %s".formatted(Diagnostics.quoted(name), Diagnostics.quoted(value));
  }

  /** Whether it bound a device at that address. */
  boolean binds(String at) {
    var there = set.get(AT);
    return there != null && there.text().equals(at);
  }

  /** The asset's section with it. */
  Section over(Kind kind, Section own, Mistakes mistakes) {
    var section = own;
    for (var entry : set.entrySet()) {
      var name = entry.getKey();
      if (name.equals(AT)) {
        section = bound(section, entry.getValue(), mistakes);
      } else if (!name.equals(PROFILE)) {
        section = measured(kind, section, name, entry.getValue(), mistakes);
      }
    }
    return section;
  }

  private static Section measured(
      Kind kind, Section own, String name, Text value, Mistakes mistakes) {
    var path = List.of(DOT.split(name, -1));
    var spec = kind.setting(path.getFirst());
    if (path.size() > 2 || spec == null || !isMeasured(spec, path)) {
      mistakes.add(
          value.mark(),
          "E104",
          "'%s' of kind '%s' is nothing that is measured on the spot".formatted(name, kind.name()),
          Nearest.help(name, names(kind)));
      return own;
    }
    var words = path.stream().map(word -> new Text(word, value.mark(), value.style())).toList();
    return new Settings(mistakes).set(own, words, value);
  }

  private static boolean isMeasured(SettingSpec spec, List<String> path) {
    return switch (spec.shape()) {
      case Shape.Group(var inner) ->
          path.size() == 2
              && inner.stream().anyMatch(i -> i.name().equals(path.get(1)) && i.isMeasured());
      default -> path.size() == 1 && spec.isMeasured();
    };
  }

  private static List<String> names(Kind kind) {
    var names = new ArrayList<String>();
    for (var spec : kind.settings()) {
      if (spec.shape() instanceof Shape.Group(var inner)) {
        inner.stream()
            .filter(SettingSpec::isMeasured)
            .forEach(i -> names.add(spec.name() + "." + i.name()));
      } else if (spec.isMeasured()) {
        names.add(spec.name());
      }
    }
    return names;
  }

  /** Wherever the asset names the device that is gone, it names the new one. */
  private Section bound(Section own, Text at, Mistakes mistakes) {
    var gone = was.get(AT);
    var words = new HashSet<String>();
    var moved =
        own.map(
            text -> {
              words.add(text.text());
              return text.text().equals(gone) ? at.over(text) : text;
            });
    if (!words.contains(gone) && !words.contains(at.text())) {
      mistakes.add(
          at.mark(),
          "W209",
          "'%s' has no device at %s to be bound at %s".formatted(asset, gone, at),
          "remove the line, or write the device's address into the site's file");
    }
    var model = set.get(PROFILE);
    return model == null ? moved : modelled(moved, at.text(), model);
  }

  private static Section modelled(Section own, String at, Text model) {
    if (isAt(own, at)) {
      return put(own, model);
    }
    if (own.node(DEVICES) instanceof Node.Items(var items, var mark)) {
      var changed = new ArrayList<Node>();
      for (var item : items) {
        changed.add(
            item instanceof Node.Mapping(var one) && isAt(one, at)
                ? new Node.Mapping(put(one, model))
                : item);
      }
      return own.with(new Text(DEVICES, mark, Text.Style.PLAIN), new Node.Items(changed, mark));
    }
    return own;
  }

  private static Section put(Section device, Text model) {
    return device.with(new Text(PROFILE, model.mark(), model.style()), new Node.Word(model));
  }

  private static boolean isAt(Section device, String at) {
    return device.node(AT) instanceof Node.Word(var text) && text.text().equals(at);
  }
}
