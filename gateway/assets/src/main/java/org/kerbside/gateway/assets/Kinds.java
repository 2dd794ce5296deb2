package org.kerbside.gateway.assets;

import java.util.List;
import java.util.SequencedMap;
import org.kerbside.gateway.model.Kind;

/**
 * Every kind of asset with its points: the one table that configuration, rules, page and
 * self-description are fed from. A range is plausibility, not a limit: outside is bad. Bands and
 * beats are our defaults, a site may change them.
 */
public final class Kinds {

  /** By name, in the order in which the page shows them. */
  public static final SequencedMap<String, Kind> TABLE =
      Kind.table(
          List.of(
              Sanitation.toilet(),
              Sanitation.stall(),
              Sanitation.air(),
              Sanitation.bin(),
              Light.feeder(),
              Light.lamp(),
              Water.master(),
              Water.zone(),
              Water.manhole(),
              Around.dust(),
              Around.weather(),
              Around.generic(),
              Around.bus(),
              Around.cabinet()));

  private Kinds() {}
}
