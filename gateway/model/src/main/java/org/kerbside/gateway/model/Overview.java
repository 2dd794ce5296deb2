package org.kerbside.gateway.model;

import java.util.List;
import java.util.Map;

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

  public Seen of(Point point) {
    return seen.get(point.index());
  }
}
