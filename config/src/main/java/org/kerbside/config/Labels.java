package org.kerbside.config;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads what the city files an asset under: inventory codes, unit grid, place, who answers for it.
 */
final class Labels {

  /** GB/T 47678.5-2026 as one secondary source gives it: 6 division, 5 class, 6 serial. */
  private static final int CODE_DIGITS = 17;

  /** The older scheme: 6 division, 4 class, 6 serial. */
  private static final int OLD_CODE_DIGITS = 16;

  private static final Pattern GRID = Pattern.compile("[0-9A-Z]{15}");

  private final Mistakes mistakes;
  private final Map<String, String> owners = new HashMap<>();

  Labels(Mistakes mistakes) {
    this.mistakes = mistakes;
  }

  Map<String, String> read(Section own, String asset) {
    var labels = new LinkedHashMap<String, String>();
    for (var key : new String[] {"code", "oldCode", "grid", "place", "responsible"}) {
      var text = own.text(key);
      if (text != null && !mistakes.isTold(text.mark()) && isRight(key, text, asset)) {
        labels.put(key, text.text());
      }
    }
    return labels;
  }

  private boolean isRight(String key, Text text, String asset) {
    return switch (key) {
      case "code" -> isCode(text, CODE_DIGITS, asset);
      case "oldCode" -> isCode(text, OLD_CODE_DIGITS, asset);
      case "grid" -> isGrid(text);
      default -> true;
    };
  }

  private boolean isCode(Text code, int digits, String asset) {
    if (code.style() == Text.Style.PLAIN) {
      return refused(
          code,
          "the code %s is not quoted".formatted(code),
          "write \"%s\": codes have leading zeros".formatted(code));
    }
    if (!code.text().matches("\\d{%d}".formatted(digits))) {
      return refused(
          code,
          "'%s' is not a code of %d digits".formatted(code, digits),
          "copy it from the city's inventory");
    }
    var owner = owners.putIfAbsent(code.text(), asset);
    return owner == null
        || refused(
            code,
            "'%s' is the code of '%s' already".formatted(code, owner),
            "each asset has a code of its own");
  }

  private boolean isGrid(Text grid) {
    return GRID.matcher(grid.text()).matches()
        || refused(
            grid,
            "'%s' is not a unit grid's code".formatted(grid),
            "write its 15 digits and capital letters, quoted");
  }

  private boolean refused(Text text, String problem, String help) {
    mistakes.add(text.mark(), "E304", problem, help);
    return false;
  }
}
