package org.kerbside.config;

import java.util.HashMap;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Kind;

/** Reads {@code defaults}: what a site says of the rules of a kind. */
record DefaultsReader(SequencedMap<String, Kind> kinds, Mistakes mistakes) {

  Map<String, Section> read(@Nullable Section defaults) {
    var rules = new HashMap<String, Section>();
    if (defaults == null) {
      return rules;
    }
    for (var entry : defaults.entries()) {
      var kind = entry.key();
      var own = defaults.section(kind.text());
      if (!kinds.containsKey(kind.text())) {
        mistakes.add(
            kind.mark(),
            "E002",
            "there is no kind '%s'".formatted(kind),
            Nearest.help(kind.text(), kinds.keySet()));
      } else if (own != null) {
        var overrides = own.section("rules");
        own.refuseOthers("'defaults'");
        if (overrides != null) {
          rules.put(kind.text(), overrides);
        }
      }
    }
    return rules;
  }
}
