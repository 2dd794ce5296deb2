package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Profiles;
import org.kerbside.config.Section;
import org.kerbside.config.SiteConfig;
import org.kerbside.config.SiteReader;
import org.kerbside.config.Yaml;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.ReplayOptions;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.journal.JournalException;
import org.kerbside.gateway.journal.Retelling;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;
import org.kerbside.gateway.model.Wire;
import org.kerbside.gateway.uplink.JsonWire;
import org.kerbside.rules.Comparison;
import org.kerbside.rules.Happening;
import org.kerbside.rules.Rehearsal;
import org.kerbside.rules.RuleBook;

/**
 * Real readings against the rules as they are and as they would be. Readings were recorded with
 * what was derived from them, so nothing is derived again; what the desk ordered was not.
 */
final class Replay {

  /** One reading as it was recorded; a value that is absent was bad. */
  private record Line(Instant at, Point point, @Nullable Value value) {}

  private final Map<String, Point> points = new HashMap<>();
  private final List<Line> lines = new ArrayList<>();
  private long unknown; // lines of points that the site does not have

  private Replay(SiteConfig site) {
    for (var asset : site.assets()) {
      asset.points().forEach(point -> points.put(point.id().toString(), point));
    }
  }

  static Exit run(ReplayOptions options, Terminal terminal) throws CommandException {
    var mistakes = new Mistakes();
    var changes = Yaml.read(options.rules().toString(), text(options.rules()), mistakes);
    var now = site(options, null, mistakes);
    var then = changes == null ? null : site(options, changes, mistakes);
    var book = now == null ? null : RuleBook.read(now, mistakes);
    var changed = then == null ? null : RuleBook.read(then, mistakes);
    if (now == null || book == null || changed == null || mistakes.hasErrors()) {
      terminal.out().print(new Diagnostics(mistakes).text());
      terminal.out().println("failed: nothing was replayed");
      return Exit.WRONG_INPUT;
    }
    var replay = new Replay(now);
    replay.read(options.from(), now.site().id());
    replay.tell(now, book, changed, terminal);
    return Exit.DONE;
  }

  private static @Nullable SiteConfig site(
      ReplayOptions options, @Nullable Section changes, Mistakes mistakes) {
    return new SiteReader(Kinds.TABLE, Profiles.shipped(), Buses.NAMES)
        .read(options.site(), List.of(), changes, mistakes);
  }

  private void tell(SiteConfig site, RuleBook now, RuleBook then, Terminal terminal) {
    if (lines.isEmpty()) {
      terminal.out().println("nothing is recorded of this site's points");
      return;
    }
    lines.sort((a, b) -> a.at().compareTo(b.at()));
    var start = lines.getFirst().at();
    var feed = lines.stream().map(line -> happening(line, start)).toList();
    var zoned = start.atZone(site.site().zone());
    var comparison =
        Comparison.between(
            new Rehearsal(now, (readings, at) -> readings, zoned).run(feed, null),
            new Rehearsal(then, (readings, at) -> readings, zoned).run(feed, null));
    for (var line : comparison.lines()) {
      if (line.sign() != ' ') {
        terminal.out().println("%s %s".formatted(line.sign(), line.text()));
      }
    }
    terminal
        .out()
        .println(
            "%d readings since %s%s: %d lines the same, %d no longer, %d new"
                .formatted(
                    lines.size(),
                    zoned.toLocalDateTime().withNano(0),
                    unknown == 0 ? "" : " (%d of unknown points left out)".formatted(unknown),
                    comparison.signed(' ').size(),
                    comparison.signed('-').size(),
                    comparison.signed('+').size()));
  }

  private static Happening happening(Line line, Instant start) {
    var value = line.value();
    return new Happening.Heard(
        Duration.between(start, line.at()),
        line.point(),
        value,
        value == null ? new Quality.Bad(Reason.STALE) : Quality.GOOD);
  }

  private void read(Path from, String gateway) throws CommandException {
    if (Files.isRegularFile(from)) {
      int number = 0;
      for (var line : text(from).split("\\R", -1)) {
        number++;
        if (!line.isBlank() && !line.startsWith("#")) {
          written(line, "%s:%d".formatted(from, number));
        }
      }
      return;
    }
    try {
      Retelling.of(from, new JsonWire(gateway, "replayed", null), this::heard);
    } catch (JournalException e) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN, String.valueOf(e.getMessage()), "name the folder: --data DIR");
    }
  }

  /** What was recorded before the clock was known has no place in a day. */
  private void heard(Wire.Contents contents) {
    if (contents.boot() == null) {
      contents.lines().forEach(line -> add(line.at(), line.point(), line.value()));
    }
  }

  private void add(Instant at, String id, @Nullable Value value) {
    var point = points.get(id);
    if (point == null) {
      unknown++;
    } else {
      lines.add(new Line(at, point, value));
    }
  }

  private void written(String line, String where) throws CommandException {
    var cells = line.split(",", -1);
    try {
      if (cells.length < 3) {
        throw new IllegalArgumentException("expected time,point,value");
      }
      var point = points.get(cells[1].strip());
      var at = OffsetDateTime.parse(cells[0].strip()).toInstant();
      add(at, cells[1].strip(), point == null ? null : value(point, cells[2].strip()));
    } catch (DateTimeParseException | IllegalArgumentException wrong) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "%s: '%s' is no reading: %s".formatted(where, line, wrong.getMessage()),
          "write 2026-07-01T06:00:00+08:00,bin-1/fill,0.2");
    }
  }

  private static @Nullable Value value(Point point, String written) {
    if (written.isEmpty()) {
      return null;
    }
    return switch (point.spec().type()) {
      case FLAG -> Value.Flag.of(written.equals("true"));
      case STATE -> new Value.State(written);
      case NUM, COUNTER -> new Value.Num(Double.parseDouble(written));
    };
  }

  private static String text(Path file) throws CommandException {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new CommandException(
          Exit.WRONG_INPUT, "cannot read %s: %s".formatted(file, e.getMessage()), "see its rights");
    }
  }
}
