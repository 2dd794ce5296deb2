package org.kerbside.deploy.platform.receiver;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the city's broker is, and who the receiver is to it.
 *
 * @param server as Paho writes it: {@code tcp://host:port}, {@code ssl://host:port}
 * @param client the MQTT client id: what waits while it is away waits under this name
 * @param group receivers that share the load have the same
 * @param root first levels of every topic
 */
record Broker(
    String server,
    String client,
    @Nullable String user,
    @Nullable String password,
    String group,
    String root) {

  /**
   * A broker's address in Paho's words.
   *
   * @throws IllegalArgumentException when it is none
   */
  static String server(String url) {
    var uri = URI.create(url);
    var scheme = String.valueOf(uri.getScheme());
    if (uri.getHost() == null || !(scheme.equals("mqtt") || scheme.equals("mqtts"))) {
      throw new IllegalArgumentException(
          "'%s' is not a broker's address: write mqtt://host:1883 or mqtts://host:8883"
              .formatted(url));
    }
    boolean isSecure = scheme.equals("mqtts");
    int port = uri.getPort() > 0 ? uri.getPort() : isSecure ? 8883 : 1883;
    return "%s://%s:%d".formatted(isSecure ? "ssl" : "tcp", uri.getHost(), port);
  }

  String shared(String leaf) {
    return "$share/%s/%s/1/+/+/%s".formatted(group, root, leaf);
  }

  /** Shared subscriptions get no retained messages. */
  String states() {
    return root + "/1/+/+/state";
  }
}
