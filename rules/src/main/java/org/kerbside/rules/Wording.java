package org.kerbside.rules;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Unit;
import org.kerbside.gateway.model.Value;

/**
 * What an alarm says to people. In a template {@code {asset}} is the asset's name, {@code {held}}
 * how long the condition has been true, and any other name a point or parameter, in the units that
 * people use.
 */
final class Wording {

  private static final Pattern HOLE = Pattern.compile("\\{([^{}]*)}");
  private static final String ASSET = "asset";
  private static final String HELD = "held";
  private static final String NOT_HEARD = "?";

  /** How people see a kept unit: shown = kept × factor. */
  private record Shown(String symbol, double factor, int digits) {}

  private static final Map<String, Shown> SHOWN =
      Map.ofEntries(
          Map.entry("/", new Shown("%", 100, 0)),
          Map.entry("Pa", new Shown("kPa", 0.001, 1)),
          Map.entry("S/m", new Shown("µS/cm", 10_000, 0)),
          Map.entry("m", new Shown("mm", 1000, 0)),
          Map.entry("m3/s", new Shown("L/min", 60_000, 1)),
          Map.entry("m3", new Shown("m³", 1, 2)),
          Map.entry("ug/m3", new Shown("mg/m³", 0.001, 2)),
          Map.entry("Cel", new Shown("°C", 1, 1)),
          Map.entry("%RH", new Shown("%", 1, 0)),
          Map.entry("%EL", new Shown("%", 1, 0)),
          Map.entry("deg", new Shown("°", 1, 0)),
          Map.entry("count", new Shown("", 1, 0)));

  private Wording() {}

  /** Tells of every hole in a template that nothing fills. */
  static void check(Rule rule, Scope scope, Mistakes mistakes) {
    for (var template : rule.telling().texts().values()) {
      var hole = HOLE.matcher(template.text());
      while (hole.find()) {
        if (!isFilled(hole.group(1), scope)) {
          refuse(template, hole.group(1), hole.start(1), scope, mistakes);
        }
      }
    }
  }

  static Map<String, String> of(Rule rule, Scope scope, Memory memory, Duration held) {
    var said = new LinkedHashMap<String, String>();
    rule.telling()
        .texts()
        .forEach(
            (language, template) ->
                said.put(
                    language,
                    HOLE.matcher(template.text())
                        .replaceAll(
                            hole ->
                                Matcher.quoteReplacement(
                                    fill(hole.group(1), scope, memory, held, language)))));
    return said;
  }

  private static boolean isFilled(String name, Scope scope) {
    if (name.equals(ASSET) || name.equals(HELD)) {
      return true;
    }
    var known = scope.find(name);
    return known != null && !(known.slot() instanceof Slot.Listed);
  }

  private static void refuse(
      Text template, String name, int offset, Scope scope, Mistakes mistakes) {
    int before = template.text().codePointCount(0, offset);
    int quote = template.style() == Text.Style.QUOTED ? 1 : 0;
    mistakes.add(
        template.mark().part(before + quote, name.length()),
        "E404",
        "'%s' is no point or parameter of kind '%s'".formatted(name, scope.asset().kind().name()),
        scope.help(name));
  }

  private static String fill(
      String name, Scope scope, Memory memory, Duration held, String language) {
    if (name.equals(ASSET)) {
      return scope.asset().name();
    }
    if (name.equals(HELD)) {
      return measured((double) held.toMinutes(), isChinese(language) ? " 分钟" : "min", 0, language);
    }
    var known = scope.find(name);
    return switch (known == null ? null : known.slot()) {
      case null -> NOT_HEARD;
      case Slot.OfPoint slot -> shown(slot.in(memory), slot.point().spec().unit(), name, language);
      case Slot.Single slot -> shown(slot.in(memory), null, name, language);
      case Slot.Parameter(var number) ->
          shown(new Value.Num(number), known == null ? null : known.unit(), name, language);
      case Slot.Known(var of) -> NOT_HEARD;
      case Slot.Listed listed -> NOT_HEARD;
    };
  }

  private static String shown(
      @Nullable Value value, @Nullable Unit unit, String name, String language) {
    return switch (value) {
      case null -> NOT_HEARD;
      case Value.Num(var number) -> number(number, unit, name, language);
      case Value.Flag(var flag) -> isChinese(language) ? (flag ? "是" : "否") : (flag ? "yes" : "no");
      case Value.State(var word) -> word;
    };
  }

  private static String number(double number, @Nullable Unit unit, String name, String language) {
    String kept = unit == null ? "" : unit.kept().symbol();
    boolean isPlain = kept.isEmpty() || name.equals("factor");
    var shown = isPlain ? new Shown("", 1, 2) : SHOWN.getOrDefault(kept, new Shown(kept, 1, 1));
    return measured(number * shown.factor(), shown.symbol(), shown.digits(), language);
  }

  private static String measured(double number, String symbol, int digits, String language) {
    String rounded =
        BigDecimal.valueOf(number)
            .setScale(digits, RoundingMode.HALF_UP)
            .stripTrailingZeros()
            .toPlainString();
    boolean isTight = symbol.isEmpty() || isChinese(language);
    return isTight ? rounded + symbol : rounded + " " + symbol;
  }

  private static boolean isChinese(String language) {
    return language.startsWith("zh");
  }
}
