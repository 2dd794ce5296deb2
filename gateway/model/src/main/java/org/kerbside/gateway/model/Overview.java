package org.kerbside.gateway.model;

import java.util.List;
import java.util.Map;

/**
 * The whole site as control last left it: what the page shows, {@code a/{asset}} tells and {@code
 * status} prints. Immutable.
 *
 * @param revision rises with every turn that changed something to see
 * @param seen what is known of each point, by its index
 * @param alarms every active alarm, gravest and oldest first
 * @param owners who holds each output, by the point's index
 */
public record Overview(
    long revision,
    Moment now,
    List<Asset> assets,
    List<Seen> seen,
    List<Alarm> alarms,
    Map<Integer, Owner> owners) {

  public Seen of(Point point) {
    return seen.get(point.index());
  }
}
