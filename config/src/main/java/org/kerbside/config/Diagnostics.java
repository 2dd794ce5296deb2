package org.kerbside.config;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code check} says of a run: each mistake in its place, the closing line, the exit code. */
public final class Diagnostics {

  private static final int MOST = 50;

  /** Whether warnings alone spoil the run. */
  public enum Strictness {
    LENIENT,
    STRICT
  }

  private final Mistakes mistakes;

  public Diagnostics(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  /** Every mistake by place, a line's end after each; after fifty only how many more there are. */
  public String text() {
    var all = mistakes.all();
    var text =
        all.stream().limit(MOST).map(mistake -> mistake + "\n").collect(Collectors.joining());
    return all.size() <= MOST ? text : text + "and %d more\n".formatted(all.size() - MOST);
  }

  /**
   * How the run ended: {@code ok: site.yaml: 22 assets, 2 buses, 41 rules; 0 warnings}.
   *
   * @param config absent where there are errors
   * @param rules how many the site runs; counted by who reads them
   */
  public String closing(@Nullable SiteConfig config, int rules) {
    if (config == null || mistakes.hasErrors()) {
      return refusal("the running configuration is unchanged");
    }
    long assets = config.assets().stream().filter(asset -> asset.kind().isListed()).count();
    return "ok: %s: %s, %s, %s; %s"
        .formatted(
            String.join(", ", mistakes.files()),
            count(assets, "asset"),
            buses(config.buses().size()),
            count(rules, "rule"),
            count(mistakes.warnings(), "warning"));
  }

  /** How the run ended with errors: {@code failed: 2 errors in site.yaml; …}. */
  public String refusal(String instead) {
    return "failed: %s in %s; %s"
        .formatted(count(mistakes.errors(), "error"), String.join(", ", wrongFiles()), instead);
  }

  /** 0 done, 2 what was written is wrong, 3 warnings only and strict. */
  public int exitCode(Strictness strictness) {
    if (mistakes.hasErrors()) {
      return 2;
    }
    return strictness == Strictness.STRICT && mistakes.warnings() > 0 ? 3 : 0;
  }

  /** All mistakes as one JSON object, without the limit. */
  public String json() {
    return mistakes.all().stream()
        .map(Diagnostics::json)
        .collect(
            Collectors.joining(
                ",",
                "{\"format\":1,\"ok\":%b,\"diagnostics\":[".formatted(!mistakes.hasErrors()),
                "]}"));
  }

  /** Path and fix are told once they are known. */
  private static String json(Mistake mistake) {
    var mark = mistake.mark();
    return ("{\"severity\":\"%s\",\"code\":\"%s\",\"file\":%s,\"line\":%d,\"column\":%d,"
            + "\"endColumn\":%d,\"path\":null,\"message\":%s,\"help\":%s,\"fix\":null}")
        .formatted(
            mistake.isError() ? "error" : "warning",
            mistake.code(),
            quoted(mark.file()),
            mark.line(),
            mark.column(),
            mark.column() + mark.length(),
            quoted(mistake.problem()),
            quoted(mistake.help()));
  }

  /** A text as JSON writes it. */
  public static String quoted(String text) {
    return text.codePoints()
        .mapToObj(Diagnostics::escaped)
        .collect(Collectors.joining("", "\"", "\""));
  }

  private static String escaped(int point) {
    return switch (point) {
      case '"' -> "\\\"";
      case '\\' -> "\\\\";
      case '\n' -> "\\n";
      case '\t' -> "\\t";
      default ->
          point < ' ' || Character.getType(point) == Character.SURROGATE
              ? "\\u%04x".formatted(point)
              : Character.toString(point);
    };
  }

  private List<String> wrongFiles() {
    return mistakes.all().stream()
        .filter(Mistake::isError)
        .map(mistake -> mistake.mark().file())
        .distinct()
        .toList();
  }

  private static String count(long number, String noun) {
    return "%d %s%s".formatted(number, noun, number == 1 ? "" : "s");
  }

  private static String buses(int number) {
    return "%d %s".formatted(number, number == 1 ? "bus" : "buses");
  }
}
