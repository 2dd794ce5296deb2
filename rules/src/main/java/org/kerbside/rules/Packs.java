package org.kerbside.rules;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Section;
import org.kerbside.config.Yaml;

/** The rules and programmes that ship: {@code rules/packs} as it lies in the jar. */
final class Packs {

  private static final String INDEX = "index";

  private Packs() {}

  /** Where each stands, by kind: {@code bin/bin-overflow.yaml}. */
  static List<String> files() {
    return text(INDEX).lines().filter(line -> !line.isBlank()).toList();
  }

  /** The sections of the packs that have {@code key}: {@code rule} or {@code programme}. */
  static List<Section> sections(String key, Mistakes mistakes) {
    var sections = new ArrayList<Section>();
    for (var file : files()) {
      var section = Yaml.read("packs/" + file, text(file), mistakes);
      if (section != null && section.has(key)) {
        sections.add(section);
      }
    }
    return sections;
  }

  /** What the packs that have {@code key} say under it. */
  static List<String> names(String key) {
    return sections(key, new Mistakes()).stream()
        .map(section -> String.valueOf(section.text(key)))
        .toList();
  }

  private static String text(String file) {
    try (InputStream in = Packs.class.getResourceAsStream("packs/" + file)) {
      if (in == null) {
        throw new IllegalStateException("packs/%s is not in the jar".formatted(file));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException("packs/" + file, broken);
    }
  }
}
