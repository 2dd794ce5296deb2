package org.kerbside.gateway.app.wiring;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.SiteConfig;
import org.kerbside.gateway.app.Pipeline;
import org.kerbside.gateway.model.Identity;
import org.kerbside.gateway.uplink.Allowance;
import org.kerbside.gateway.uplink.Description;
import org.kerbside.gateway.uplink.Doors;
import org.kerbside.gateway.uplink.Link;
import org.kerbside.gateway.uplink.Seals;
import org.kerbside.gateway.uplink.Uplink;

/** A site's end to the city, as its file says it. */
final class CityEnd {

  private CityEnd() {}

  /** Not started. */
  static Uplink uplink(Plan plan, Running running, Doors doors) {
    var config = plan.config();
    return new Uplink(
        config.site(),
        link(config, running.data()),
        new Description(
            House.VERSION,
            plan.revision(),
            config.assets(),
            plan.rules().cards(),
            config.uplink().ack(),
            config.origin()),
        doors,
        new SecureRandom(),
        running.clock());
  }

  /** Where the broker is, and as whom the gateway comes. */
  static Link link(SiteConfig config, Path data) {
    var uplink = config.uplink();
    var link =
        Link.to(
            uplink.url().text(),
            uplink.identity(),
            data.resolve("identity"),
            uplink.root(),
            uplink.tenant(),
            uplink.spread());
    var budget = uplink.budget();
    return budget == null ? link : link.within(new Allowance(budget, data));
  }

  /** Whose commands count. */
  static Seals seals(SiteConfig config) {
    var commands = config.uplink().commands();
    return new Seals(List.copyOf(commands.keys().values()), commands.signed());
  }

  /** Null where the site shows no certificate. */
  static @Nullable Renewal renewal(
      SiteConfig config, Running running, Uplink uplink, Pipeline pipeline) {
    return switch (config.uplink().identity()) {
      case Identity.Anonymous none -> null;
      case Identity.Password spoken -> null;
      case Identity.Certificate shown ->
          new Renewal(
              Identifying.folder(running.data()),
              config.site().id(),
              running.clock(),
              uplink.reception(),
              uplink::renew,
              pipeline::arrive);
    };
  }
}
