package org.kerbside.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Sha256;

/**
 * A configuration that was applied once: a folder of its own, which nobody changes any more.
 *
 * @param number from 1, told to the city
 * @param folder holds its manifest, and the files under {@code files/}
 * @param origin where the site's own file stood, absolute
 * @param site the site's own file by its name
 * @param author who had it applied: {@code root}, {@code city}
 * @param want the city's number of it, where the city pushed it; 0 where it is of the files that
 *     people keep
 * @param when by the site's clock, in whole seconds
 * @param sums SHA-256 of each file by its name
 */
public record Revision(
    long number,
    Path folder,
    Path origin,
    String site,
    String author,
    long want,
    Instant when,
    SortedMap<String, String> sums) {

  static final String MANIFEST = "revision.yaml";
  public static final String FILES = "files";
  private static final String HEAD =
      """
      # A configuration as it was applied. Written once by kerbside, and never changed.
      schema: 1
      """;

  public Revision {
    sums = Collections.unmodifiableSortedMap(new TreeMap<>(sums));
  }

  /** The copy that runs. */
  public Path siteFile() {
    return folder.resolve(FILES).resolve(site);
  }

  /** Whether the city pushed it: what people keep waits until the city takes it back. */
  public boolean isPushed() {
    return want != 0;
  }

  /** Whether these files say the same, byte for byte, under the same names. */
  public boolean holds(SiteFiles files) {
    return files.site().equals(origin) && files.sums().equals(sums);
  }

  /** A file's name as people know it, where it is the copy's: in mistakes and origins. */
  public String named(String file) {
    var copy = folder.resolve(FILES);
    var path = Path.of(file);
    if (!path.startsWith(copy)) {
      return file;
    }
    var base = origin;
    for (int up = Path.of(site).getNameCount(); up > 0; up--) {
      base = base.resolve("..").normalize();
    }
    return base.resolve(copy.relativize(path)).toString();
  }

  /** Whether every file is there and what it was. */
  public boolean isWhole() {
    try {
      for (var sum : sums.entrySet()) {
        var file = folder.resolve(FILES).resolve(sum.getKey());
        if (!Sha256.of(Files.readAllBytes(file)).equals(sum.getValue())) {
          return false;
        }
      }
      return true;
    } catch (IOException gone) {
      return false;
    }
  }

  String manifest() {
    return sums.entrySet().stream()
        .map(e -> "  %s: %s\n".formatted(Diagnostics.quoted(e.getKey()), e.getValue()))
        .collect(
            Collectors.joining(
                "",
                HEAD
                    + "revision: %d\norigin: %s\nsite: %s\nauthor: %s\nwant: %d\nwhen: \"%s\"\nfiles:\n"
                        .formatted(
                            number,
                            Diagnostics.quoted(origin.toString()),
                            Diagnostics.quoted(site),
                            Diagnostics.quoted(author),
                            want,
                            when),
                ""));
  }

  /** Null where the folder holds none, or one that cannot be read. */
  static @Nullable Revision read(Path folder) {
    var mistakes = new Mistakes();
    try {
      var top = Yaml.read(MANIFEST, Files.readString(folder.resolve(MANIFEST)), mistakes);
      var number = top == null ? null : top.number("revision");
      var want = top == null ? null : top.number("want");
      if (top == null || number == null) {
        return null;
      }
      var files = new TreeMap<String, String>();
      var sums = top.requiredSection("files", "{ … }");
      if (sums != null) {
        for (var entry : sums.entries()) {
          files.put(entry.key().text(), word(sums, entry.key().text()));
        }
      }
      var read =
          new Revision(
              number.longValue(),
              folder,
              Path.of(word(top, "origin")),
              word(top, "site"),
              word(top, "author"),
              want == null ? 0 : want.longValue(), // written before the city could push any
              Instant.parse(word(top, "when")),
              files);
      return mistakes.hasErrors() ? null : read;
    } catch (IOException | DateTimeException broken) {
      return null;
    }
  }

  private static String word(Section section, String key) {
    var text = section.required(key, "…");
    return text == null ? "" : text.text();
  }
}
