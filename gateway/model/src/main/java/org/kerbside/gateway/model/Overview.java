package org.kerbside.gateway.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole site as control last left it: what the page shows, {@code a/{asset}} tells and {@code
 * status} prints. Immutable.
 *
 * @param revision rises with every turn that changed something to see
 * @param seen what is known of each point, by its index
 * @param alarms every alarm that is not gone, in the order of the site
 * @param owners who holds each output, by the point's index
 * @param works who works on an asset until when, by the asset's id
 */
public record Overview(
    long revision,
    Moment now,
    List<Asset> assets,
    List<Seen> seen,
    List<Alarm> alarms,
    Map<Integer, Owner> owners,
    Map<String, Act> works) {

  /** The point of that id, {@code bin-2/fill}; null when there is none. */
  public @Nullable Point point(String id) {
    for (var asset : assets) {
      for (var point : asset.points()) {
        if (point.id().toString().equals(id)) {
          return point;
        }
      }
    }
    return null;
  }

  /** Who has an asset: who works on it comes before who holds an output of it. */
  public Mode mode(Asset asset) {
    if (works.containsKey(asset.id())) {
      return Mode.MAINTENANCE;
    }
    for (var point : asset.points()) {
      var owner = owners.get(point.index());
      if (owner != null && owner.issuer().isPerson()) {
        return Mode.MANUAL;
      }
    }
    return Mode.AUTO;
  }

  public Seen of(Point point) {
    return seen.get(point.index());
  }
}
