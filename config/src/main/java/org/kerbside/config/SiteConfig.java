package org.kerbside.config;

import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Origin;
import org.kerbside.gateway.model.Site;

/**
 * A whole site as its files say, checked and expanded.
 *
 * @param language the site's first language tag: {@code zh-CN}, {@code en}
 * @param assets with their points; the gateway's own are the last: its buses, its cabinet
 * @param rules the site's own rules, as written
 * @param defaults rule overrides by kind, as written: {@code bin → { bin-full: { full: 75% } }}
 * @param overrides rule overrides by asset id, as written
 * @param integrations files of routes, not read yet
 * @param origin of the readings: made up where a bus is simulated, or the site says {@code demo}
 */
public record SiteConfig(
    Site site,
    String language,
    UplinkConfig uplink,
    JournalConfig journal,
    AccessConfig access,
    List<BusConfig> buses,
    List<Asset> assets,
    List<Device> devices,
    List<Section> rules,
    Map<String, Section> defaults,
    Map<String, Section> overrides,
    List<IntegrationConfig> integrations,
    Origin origin) {

  /** The same site, whose rules are as they ship. */
  public SiteConfig asShipped() {
    return new SiteConfig(
        site,
        language,
        uplink,
        journal,
        access,
        buses,
        assets,
        devices,
        List.of(),
        Map.of(),
        Map.of(),
        integrations,
        origin);
  }

  public SiteConfig {
    buses = List.copyOf(buses);
    assets = List.copyOf(assets);
    devices = List.copyOf(devices);
    rules = List.copyOf(rules);
    defaults = Map.copyOf(defaults);
    overrides = Map.copyOf(overrides);
    integrations = List.copyOf(integrations);
  }
}
