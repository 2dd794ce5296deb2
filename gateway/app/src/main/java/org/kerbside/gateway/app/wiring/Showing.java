package org.kerbside.gateway.app.wiring;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Learned;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Outline;
import org.kerbside.config.Outline.Part;
import org.kerbside.config.Outline.What;
import org.kerbside.config.Overlay;
import org.kerbside.config.Text;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Format;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.Work;
import org.kerbside.gateway.cli.Work.Show.Depth;
import org.kerbside.gateway.model.Kind;
import org.kerbside.gateway.model.RuleCard;
import org.kerbside.rules.RuleBook;

/** What {@code kerbside show} prints: a site word for word, and where each word comes from. */
final class Showing {

  private final Plan plan;
  private final Outline outline;
  private final List<RuleCard> shipped;

  private Showing(Plan plan, Outline outline) {
    this.plan = plan;
    this.outline = outline;
    this.shipped = RuleBook.read(plan.config().asShipped(), new Mistakes()).cards();
  }

  /** A word that holds, and why. */
  private record Line(String name, String word, String origin) {}

  static Exit run(Work.Show work, Terminal terminal) throws CommandException {
    var kept = Kept.in(work.data());
    var source = kept.source(work.site());
    var plan = Kept.plan(source);
    if (work.diff() != null) {
      terminal.out().println(difference(kept, source, work.diff(), work.format()));
      return Exit.DONE;
    }
    var outline = Plan.outline(source);
    if (outline == null) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN, "the files changed while they were read", "ask again");
    }
    var showing = new Showing(plan, outline);
    var parts = showing.parts(work.asset());
    terminal
        .out()
        .println(
            work.format() == Format.JSON ? showing.json(parts) : showing.text(parts, work.depth()));
    return Exit.DONE;
  }

  private static String difference(Kept kept, Plan.Source source, long number, Format format)
      throws CommandException {
    var difference = Plan.difference(source.of(kept.revision(number)), source);
    if (format == Format.JSON) {
      return Reloaded.json(difference);
    }
    return difference.changes().isEmpty()
        ? "the files are revision %d".formatted(number)
        : Reloaded.lines(difference).stripTrailing();
  }

  private List<Part> parts(@Nullable String asset) throws CommandException {
    if (asset == null) {
      return List.copyOf(outline.parts().keySet());
    }
    var part = new Part(What.ASSET, asset);
    if (!outline.parts().containsKey(part)) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "there is no asset '%s'".formatted(asset),
          Nearest.help(
              asset,
              outline.parts().keySet().stream()
                  .filter(each -> each.what() == What.ASSET)
                  .map(Part::name)
                  .toList()));
    }
    return List.of(part);
  }

  private String text(List<Part> parts, Depth depth) {
    return parts.stream()
        .map(part -> part.name() + "\n" + listed(lines(part, depth), depth))
        .collect(Collectors.joining("\n"));
  }

  private static String listed(List<Line> lines, Depth depth) {
    return lines.stream()
        .map(
            line ->
                depth == Depth.WRITTEN
                    ? "  %s: %s".formatted(line.name(), line.word())
                    : "  %-36s # %s".formatted(line.name() + ": " + line.word(), line.origin()))
        .collect(Collectors.joining("\n"));
  }

  private String json(List<Part> parts) {
    return Json.answer().put("parts", parts.stream().map(this::json)).toString();
  }

  private Json json(Part part) {
    var words = new Json();
    for (var line : lines(part, Depth.RESOLVED)) {
      words.put(line.name(), new Json().put("value", line.word()).put("origin", line.origin()));
    }
    return new Json().put("part", part.what().word()).put("name", part.name()).put("words", words);
  }

  private List<Line> lines(Part part, Depth depth) {
    var lines = new ArrayList<Line>();
    var written = outline.of(part);
    written.forEach(
        (name, text) -> lines.add(new Line(name, text.toString(), origin(part, name, text))));
    if (depth == Depth.RESOLVED && part.what() == What.ASSET) {
      inherited(part, written)
          .forEach(
              (name, text) -> lines.add(new Line(name, text.toString(), origin(part, name, text))));
      lines.addAll(defaults(part, written));
    }
    return lines;
  }

  /** What the site says of the asset's kind, where the asset says nothing. */
  private Map<String, Text> inherited(Part part, Map<String, Text> written) {
    var inherited = new LinkedHashMap<>(outline.of(new Part(What.DEFAULTS, kind(part))));
    inherited.keySet().removeAll(written.keySet());
    return inherited;
  }

  /** What holds where nobody says anything: the first of a kind's words. */
  private List<Line> defaults(Part part, Map<String, Text> written) {
    var lines = new ArrayList<Line>();
    for (var asset : plan.config().assets()) {
      if (asset.id().equals(part.name())) {
        for (var spec : asset.kind().settings()) {
          var fallback = spec.fallback();
          if (fallback != null && !written.containsKey(spec.name())) {
            lines.add(new Line(spec.name(), fallback, "default of kind " + asset.kind().name()));
          }
        }
      }
    }
    return lines;
  }

  private String kind(Part part) {
    return plan.config().assets().stream()
        .filter(asset -> asset.id().equals(part.name()))
        .map(asset -> asset.kind().name())
        .findFirst()
        .orElse(Kind.CABINET);
  }

  private String origin(Part part, String name, Text text) {
    var said = new StringBuilder(place(part, text));
    var below = text.below();
    if (below != null && !below.toString().equals(text.toString())) {
      said.append("; %s says %s".formatted(place(part, below), below));
    }
    var pack = pack(name);
    if (pack != null) {
      said.append("; the pack says ").append(pack);
    }
    return said.toString();
  }

  /** {@code city.yaml:23}, or who learned it when. */
  private String place(Part part, Text text) {
    var file = Path.of(text.mark().file());
    var learned = learned(part, text);
    if (learned != null) {
      var day = LocalDate.ofInstant(learned.when(), plan.config().site().zone());
      return "overlay, %s, %s".formatted(learned.by(), day);
    }
    var base = plan.source().site().toAbsolutePath().resolveSibling("");
    var shown =
        file.toAbsolutePath().startsWith(base) ? base.relativize(file.toAbsolutePath()) : file;
    return "%s:%d".formatted(shown, text.mark().line());
  }

  private @Nullable Learned learned(Part part, Text text) {
    if (!text.mark().file().endsWith(Overlay.FILE)) {
      return null;
    }
    for (var one : plan.source().overlay().learned()) {
      if (one.asset().text().equals(part.name())
          && one.set().values().stream().anyMatch(said -> said.mark().equals(text.mark()))) {
        return one;
      }
    }
    return null;
  }

  /** What ships of a rule's parameter that the site changes: {@code rules.bin-full.full}. */
  private @Nullable String pack(String name) {
    var words = name.split("\\.", -1);
    if (words.length != 3 || !words[0].equals("rules")) {
      return null;
    }
    for (var card : shipped) {
      var value = card.name().equals(words[1]) ? card.parameters().get(words[2]) : null;
      if (value != null) {
        return "%s, source %s".formatted(value, card.source());
      }
    }
    return null;
  }
}
