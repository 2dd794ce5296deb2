package org.kerbside.gateway.app;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who has got on since the service manager last heard that all had. A pure decision: a timer that
 * fed the watchdog would prove that the timer runs, and nothing of the gateway.
 */
record Pulse(Map<String, Long> counts) {

  Pulse {
    counts = Map.copyOf(counts);
  }

  /** From here on everybody must get on. */
  static Pulse of(List<Sign> signs) {
    var counts = new HashMap<String, Long>();
    signs.forEach(sign -> counts.put(sign.part(), sign.count()));
    return new Pulse(counts);
  }

  /** The parts that have not, without an excuse; a part that is new has. */
  List<String> still(List<Sign> now) {
    var still = new ArrayList<String>();
    for (var sign : now) {
      var before = counts.get(sign.part());
      if (before != null && before == sign.count() && !sign.isExcused()) {
        still.add(sign.part());
      }
    }
    return still;
  }
}
