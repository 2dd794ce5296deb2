package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Diagnostics;
import org.kerbside.config.Mark;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;
import org.kerbside.config.Yaml;
import org.kerbside.gateway.assets.Derive;
import org.kerbside.gateway.assets.Kinds;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.kerbside.gateway.cli.Terminal;
import org.kerbside.gateway.cli.TestOptions;
import org.kerbside.rules.Comparison;
import org.kerbside.rules.Trial;

/**
 * The tests of rules: a YAML file with {@code test:}, or a folder with {@code feed.yaml}, {@code
 * expected.txt} and, where the packs do not hold them, {@code rules.yaml}.
 */
final class Trials {

  private static final String FEED = "feed.yaml";
  private static final String RULES = "rules.yaml";
  private static final String EXPECTED = "expected.txt";

  private final Mistakes mistakes = new Mistakes();
  private final List<Ended> ended = new ArrayList<>();

  /** A test that was run. */
  private record Ended(Path file, String name, Comparison comparison) {}

  private Trials() {}

  /** Runs them all; what is written wrong is told of all, and then none is run in vain. */
  static Exit run(TestOptions options, Terminal terminal) throws CommandException {
    var trials = new Trials();
    for (var file : options.files()) {
      trials.take(file);
    }
    switch (options.format()) {
      case TEXT -> trials.print(terminal);
      case JSON -> terminal.out().println(trials.json());
    }
    return trials.exit();
  }

  private void take(Path asked) throws CommandException {
    try (var files = Files.walk(asked)) {
      for (var file : files.filter(Trials::isYaml).sorted().toList()) {
        take(file, Files.isRegularFile(asked) ? Named.YES : Named.NO);
      }
    } catch (IOException e) {
      throw new CommandException(
          Exit.WRONG_INPUT,
          "cannot read %s: %s".formatted(asked, e.getMessage()),
          "see its rights");
    }
  }

  /** Whether a file was named itself, and not found in a folder. */
  private enum Named {
    YES,
    NO
  }

  private static boolean isYaml(Path file) {
    return Files.isRegularFile(file) && file.toString().endsWith(".yaml");
  }

  /** A folder holds rules and sites as well. */
  private void take(Path file, Named named) throws IOException {
    var own = new Mistakes();
    var top = Yaml.read(file.toString(), Files.readString(file), own);
    if (top != null && (named == Named.YES || top.has(Trial.KEY))) {
      var beside = file.endsWith(FEED) ? file.resolveSibling(RULES) : null;
      if (beside != null && Files.exists(beside)) {
        var rules = Yaml.read(beside.toString(), Files.readString(beside), own);
        top = rules == null ? top : rules.merged(top);
      }
      var trial = Trial.read(top, expected(file), Kinds.TABLE, own);
      if (trial != null) {
        ended.add(new Ended(file, trial.name(), run(trial)));
      }
    }
    own.all().forEach(m -> mistakes.add(m.mark(), m.code(), m.problem(), m.help()));
  }

  private static @Nullable Text expected(Path file) throws IOException {
    var beside = file.resolveSibling(EXPECTED);
    return file.endsWith(FEED) && Files.exists(beside)
        ? new Text(
            Files.readString(beside, StandardCharsets.UTF_8),
            new Mark(beside.toString(), 0, 1, 1, ""),
            Text.Style.PLAIN)
        : null;
  }

  private static Comparison run(Trial trial) {
    var derive = new Derive(trial.site().assets());
    var memory = derive.start();
    return trial.run((readings, now) -> derive.apply(memory, readings, now).readings());
  }

  private long failed() {
    return ended.stream().filter(test -> !test.comparison().isSame()).count();
  }

  private Exit exit() {
    if (mistakes.hasErrors()) {
      return Exit.WRONG_INPUT;
    }
    return failed() > 0 ? Exit.FOUND : Exit.DONE;
  }

  private void print(Terminal terminal) {
    var out = terminal.out();
    out.print(new Diagnostics(mistakes).text());
    for (var test : ended) {
      if (!test.comparison().isSame()) {
        out.print("%s: %s\n%s".formatted(test.file(), test.name(), test.comparison()));
      }
    }
    out.println(closing());
  }

  private String closing() {
    long failed = failed();
    var tests = ended.size() == 1 ? "1 test" : ended.size() + " tests";
    if (mistakes.hasErrors()) {
      return "failed: %d of %s; %d %s"
          .formatted(failed, tests, mistakes.errors(), mistakes.errors() == 1 ? "error" : "errors");
    }
    return failed == 0 ? "ok: " + tests : "failed: %d of %s".formatted(failed, tests);
  }

  private String json() {
    var diagnostics = new Diagnostics(mistakes).json();
    return "{\"format\":1,\"ok\":%b,\"tests\":%s,%s"
        .formatted(
            exit() == Exit.DONE,
            Json.array(ended.stream().map(Trials::json)),
            diagnostics.substring(diagnostics.indexOf("\"diagnostics\"")));
  }

  private static Json json(Ended test) {
    var comparison = test.comparison();
    return new Json()
        .put("file", test.file().toString())
        .put("test", test.name())
        .put("ok", comparison.isSame())
        .put("missing", comparison.signed('-'))
        .put("unexpected", comparison.signed('+'));
  }
}
