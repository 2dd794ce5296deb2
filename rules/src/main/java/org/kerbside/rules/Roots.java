package org.kerbside.rules;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Asset;

/**
 * Which alarms explain which, by the index of their watches: a dead feeder its dark lamps.
 *
 * @param causes of each watch, those that explain it
 * @param effects of each watch, those that it explains
 */
@SuppressWarnings("ArrayRecordComponent") // two tables, made once and never compared
record Roots(int[][] causes, int[][] effects) {

  static Roots of(List<Watch> watches, Map<String, Integer> byId) {
    var effects = new int[watches.size()][];
    var causes = new HashMap<Integer, List<Integer>>();
    for (int i = 0; i < effects.length; i++) {
      effects[i] = ints(effects(watches.get(i), byId));
      for (int effect : effects[i]) {
        causes.computeIfAbsent(effect, watch -> new ArrayList<>()).add(i);
      }
    }
    var above = new int[watches.size()][];
    for (int i = 0; i < above.length; i++) {
      above[i] = ints(causes.getOrDefault(i, List.of()));
    }
    return new Roots(above, effects);
  }

  private static List<Integer> effects(Watch cause, Map<String, Integer> byId) {
    var effects = new ArrayList<Integer>();
    for (var effect : cause.rule().reaction().causeOf()) {
      for (var asset : assets(cause, effect)) {
        for (var rule : effect.rules()) {
          var watch = byId.get(asset.id() + "/" + rule);
          if (watch != null) {
            effects.add(watch);
          }
        }
      }
    }
    return effects;
  }

  private static List<Asset> assets(Watch cause, Rule.Effect effect) {
    var ground = cause.scope().ground();
    var kind = String.valueOf(effect.kind());
    return switch (effect.reach()) {
      case OWN -> List.of(cause.asset());
      case CHILDREN -> ground.assetsBelow(cause.asset(), kind);
      case SITE -> ground.ofKind(kind);
    };
  }

  private static int[] ints(List<Integer> list) {
    return list.stream().distinct().sorted().mapToInt(Integer::intValue).toArray();
  }
}
