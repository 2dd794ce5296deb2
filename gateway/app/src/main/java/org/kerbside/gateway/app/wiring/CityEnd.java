package org.kerbside.gateway.app.wiring;

import java.nio.file.Path;
import java.util.List;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.uplink.Link;
import org.kerbside.gateway.uplink.Seals;

/** A site's end to the city, as its file says it. */
final class CityEnd {

  private CityEnd() {}

  /** Where the broker is, and as whom the gateway comes. */
  static Link link(SiteConfig config, Path data) {
    var uplink = config.uplink();
    return Link.to(
        uplink.url().text(),
        uplink.identity(),
        data.resolve("identity"),
        uplink.root(),
        uplink.tenant(),
        uplink.spread());
  }

  /** Whose commands count. */
  static Seals seals(SiteConfig config) {
    var commands = config.uplink().commands();
    return new Seals(List.copyOf(commands.keys().values()), commands.signed());
  }
}
