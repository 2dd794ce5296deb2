package org.kerbside.gateway.uplink;

import java.util.List;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.RuleCard;

/**
 * What the gateway tells of itself in {@code desc} and {@code state}.
 *
 * @param revision of the configuration
 * @param software version: {@code 0.1.0}
 * @param ack what frees a frame: {@code broker} or {@code platform}
 * @param origin of the readings; simulated ones are told as such
 */
public record Description(
    String software,
    long revision,
    List<Asset> assets,
    List<RuleCard> rules,
    String ack,
    Origin origin) {

  public Description {
    assets = List.copyOf(assets);
    rules = List.copyOf(rules);
  }
}
