package org.kerbside.config;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;

/**
 * Field hardware that speaks for points of an asset.
 *
 * @param bus the bus that it is reached by
 * @param address on that bus, as the driver defines it
 * @param at the word of the site that said so
 * @param profile absent where the device names its quantities itself, as SenML does
 * @param point the only one that it speaks for; absent where profile or device name theirs
 * @param bound when it took another's place; absent where the site's file names it
 */
public record Device(
    String bus,
    String address,
    Text at,
    Asset asset,
    @Nullable Profile profile,
    @Nullable String point,
    @Nullable Instant bound) {

  /** One that the site's file names, for all that its profile or it itself names. */
  public Device(String bus, String address, Text at, Asset asset, @Nullable Profile profile) {
    this(bus, address, at, asset, profile, null, null);
  }

  /**
   * Whether a driver has to do the same for another: the asset's name and place are not its own.
   */
  public boolean isLike(Device other) {
    return bus.equals(other.bus)
        && address.equals(other.address)
        && Objects.equals(point, other.point)
        && says(profile, other.profile)
        && isLike(asset, other.asset);
  }

  private static boolean says(@Nullable Profile mine, @Nullable Profile theirs) {
    return mine == null ? theirs == null : theirs != null && mine.says(theirs);
  }

  private static boolean isLike(Asset mine, Asset theirs) {
    return mine.id().equals(theirs.id())
        && mine.kind().name().equals(theirs.kind().name())
        && Objects.equals(mine.parent(), theirs.parent())
        && mine.settings().equals(theirs.settings())
        && mine.points().stream()
            .map(Point::spec)
            .toList()
            .equals(theirs.points().stream().map(Point::spec).toList());
  }

  /** Whether it may speak for a point: a profile that lists its points tells no others. */
  public boolean tells(String name) {
    if (point != null) {
      return point.equals(name);
    }
    var points = profile == null ? null : profile.own().section("points");
    return points == null || points.has(name);
  }
}
