package org.kerbside.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Kind;

/**
 * What was learned where the gateway stands: calibrations, and devices that were bound anew, each
 * with who and when. Lies over what the site's files say, which are never changed. Immutable.
 */
public final class Overlay {

  /** Its file, in the data folder. */
  public static final String FILE = "overlay.yaml";

  /** Nothing was learned yet. */
  public static final Overlay NONE = new Overlay(List.of());

  private static final int MOST = 4_000; // two for each asset that a site may have
  private static final String HEAD =
      """
      # What was learned on the spot: written by kerbside calibrate and kerbside bind, read at each
      # start, and laid over the site's own files. kerbside overlay prints it as lines for those.
      schema: 1
      learned:
      """;

  private final List<Learned> learned;

  private Overlay(List<Learned> learned) {
    this.learned = List.copyOf(learned);
  }

  /** Everything that was learned, oldest first. */
  public List<Learned> learned() {
    return learned;
  }

  /** Reads the file; none is nothing learned. What is wrong with it is told, and nothing used. */
  public static Overlay read(Path file, Mistakes mistakes) {
    try {
      return parse(file.toString(), Files.readString(file), mistakes);
    } catch (NoSuchFileException none) {
      return NONE;
    } catch (IOException broken) {
      mistakes.add(
          Mark.of(file.toString(), file.toString()),
          "E006",
          "'%s' cannot be read: %s".formatted(file, broken.getMessage()),
          "check its permissions; without the file the site is what its own files say");
      return NONE;
    }
  }

  static Overlay parse(String file, String content, Mistakes mistakes) {
    mistakes.opened(file);
    var top = Yaml.read(file, content, mistakes);
    if (top == null) {
      return NONE;
    }
    top.required("schema", "1");
    var lines = top.sections("learned");
    var learned = new ArrayList<Learned>();
    if (lines.size() > MOST) {
      mistakes.add(
          top.markOf("learned"),
          "E009",
          "more than %d things learned".formatted(MOST),
          "move the older ones into the site's file");
    }
    for (var line : lines) {
      var one = Learned.read(line, mistakes);
      if (one != null) {
        learned.add(one);
      }
    }
    top.refuseOthers("an overlay");
    return new Overlay(learned);
  }

  /** With one more. */
  public Overlay with(Learned more) {
    var all = new ArrayList<>(learned);
    all.add(more);
    return new Overlay(all);
  }

  /**
   * Writes the file so that a power cut leaves the old one or the new.
   *
   * @param file whose folder is there
   */
  public void write(Path file) throws IOException {
    Durable.write(file, text());
  }

  String text() {
    var text = new StringBuilder(HEAD);
    learned.forEach(one -> text.append("  - ").append(one.text()).append('\n'));
    if (learned.isEmpty()) {
      text.append("  []\n");
    }
    return text.toString();
  }

  /** When the device at an address of an asset was bound there; null where the site's file did. */
  @Nullable Instant bound(String asset, String at) {
    Instant last = null;
    for (var one : learned) {
      if (one.asset().text().equals(asset) && one.binds(at)) {
        last = one.when();
      }
    }
    return last;
  }

  /** An asset's section with what was learned of it. */
  Section over(String asset, Kind kind, Section own, Mistakes mistakes) {
    var section = own;
    for (var one : learned) {
      if (one.asset().text().equals(asset)) {
        section = one.over(kind, section, mistakes);
      }
    }
    return section;
  }

  /** Tells of assets that are gone: what was learned of them has no effect. */
  void check(Set<String> assets, Mistakes mistakes) {
    for (var one : learned) {
      if (!assets.contains(one.asset().text())) {
        mistakes.add(
            one.asset().mark(),
            "W208",
            "something was learned of '%s', which the site has not".formatted(one.asset()),
            Nearest.help(one.asset().text(), assets));
      }
    }
  }
}
