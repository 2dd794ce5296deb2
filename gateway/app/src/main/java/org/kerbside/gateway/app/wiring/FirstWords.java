package org.kerbside.gateway.app.wiring;

import java.util.List;
import java.util.function.Consumer;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Event;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the city is told when a gateway has started and not all is as it was meant.
 *
 * @param city takes the events
 */
record FirstWords(Consumer<Event.Health> city, Clock clock) {

  private static final Logger LOG = LoggerFactory.getLogger(FirstWords.class);

  void say() {
    sayOfCache();
    sayOfReturn();
  }

  /** Java passes over a cache that does not fit, and says nothing. */
  private void sayOfCache() {
    if (Footprint.cache() != null && !Footprint.isCacheMapped()) {
      var help = "does not fit, starts are slower; make it anew with this JDK, jars and flags";
      LOG.warn("{}: {}", Footprint.cache(), help);
      city.accept(new Event.Health(clock.now(), "aot-cache-stale", "kerbside.aot", List.of(help)));
    }
  }

  /** An upgrade that its gate took back is told at each start, until another one stands. */
  private void sayOfReturn() {
    var returned = System.getProperty("kerbside.returned");
    if (returned != null) {
      LOG.warn("running {}, returned from {}", House.VERSION, returned);
      city.accept(new Event.Health(clock.now(), "upgrade-returned", "kerbside", List.of(returned)));
    }
  }
}
