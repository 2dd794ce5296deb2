package org.kerbside.config;

import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;

/**
 * Field hardware that speaks for points of an asset.
 *
 * @param bus the bus that it is reached by
 * @param address on that bus, as the driver defines it
 * @param at the word of the site that said so
 * @param profile absent where the device names its quantities itself, as SenML does
 * @param point the only one that it speaks for; absent where profile or device name theirs
 */
public record Device(
    String bus,
    String address,
    Text at,
    Asset asset,
    @Nullable Profile profile,
    @Nullable String point) {

  public Device(String bus, String address, Text at, Asset asset, @Nullable Profile profile) {
    this(bus, address, at, asset, profile, null);
  }
}
