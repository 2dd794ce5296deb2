package org.kerbside.gateway.uplink;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Identity;

/**
 * Where the city's broker is and who we are to it.
 *
 * @param folder holds what TLS shows and trusts: {@link Credentials}
 * @param root first level of every topic: {@code kerbside}
 * @param spread after a stable session the first reconnect waits a random part of it
 * @param allowance what it may carry; absent: as much as there is
 */
public record Link(
    String host,
    int port,
    Security security,
    Identity identity,
    Path folder,
    String root,
    String tenant,
    Duration spread,
    @Nullable Allowance allowance) {

  /** How the bytes travel. */
  public enum Security {
    PLAIN,
    /** TLS 1.2 or newer, the host's name verified. */
    TLS
  }

  /**
   * The link that a site's words name.
   *
   * @param url {@code mqtt://host[:1883]} or {@code mqtts://host[:8883]}
   * @throws IllegalArgumentException when it is neither
   */
  public static Link to(
      String url, Identity identity, Path folder, String root, String tenant, Duration spread) {
    var uri = URI.create(url);
    var security = security(url, uri.getScheme());
    var host = uri.getHost();
    if (host == null) {
      throw unfit(url);
    }
    int usual = security == Security.TLS ? 8883 : 1883;
    int port = uri.getPort() < 0 ? usual : uri.getPort();
    return new Link(host, port, security, identity, folder, root, tenant, spread, null);
  }

  /** The same, with so much a month. */
  public Link within(Allowance other) {
    return new Link(host, port, security, identity, folder, root, tenant, spread, other);
  }

  private static Security security(String url, @Nullable String scheme) {
    return switch (scheme) {
      case "mqtt" -> Security.PLAIN;
      case "mqtts" -> Security.TLS;
      case null, default -> throw unfit(url);
    };
  }

  private static IllegalArgumentException unfit(String url) {
    return new IllegalArgumentException(
        "uplink: not a broker's address: got '%s', expected mqtt://host:port or mqtts://host:port"
            .formatted(url));
  }

  /** Our name at the broker. */
  String client(String site) {
    return "kerbside-%s-%s".formatted(tenant, site);
  }

  /** Never the identity: this is printed in logs. */
  @Override
  public String toString() {
    return "%s://%s:%d".formatted(security == Security.TLS ? "mqtts" : "mqtt", host, port);
  }
}
