package org.kerbside.gateway.app.flow;

import org.apache.camel.CamelContext;
import org.apache.camel.component.http.HttpComponent;

/**
 * How long a sink may take: Camel's HTTP waits three minutes for a connection, and then for ever.
 */
final class Patience {

  private static final long CONNECT = 5_000; // ms, as the next
  private static final long ANSWER = 10_000;

  private Patience() {}

  /** Of those whose component is there; made only when a route names it. */
  static void limit(CamelContext camel) {
    camel.addComponent("http", http());
    camel.addComponent("https", http());
  }

  private static HttpComponent http() {
    var http = new HttpComponent();
    http.setConnectTimeout(CONNECT);
    http.setConnectionRequestTimeout(CONNECT);
    http.setResponseTimeout(ANSWER);
    http.setSoTimeout(ANSWER);
    http.setMaxTotalConnections(2);
    http.setConnectionsPerRoute(2);
    return http;
  }
}
