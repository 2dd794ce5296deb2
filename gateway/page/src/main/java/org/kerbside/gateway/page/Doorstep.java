package org.kerbside.gateway.page;

import io.javalin.http.Context;

/**
 * What every request passes before any page: one of not too many, answered with our headers, and
 * meant for us. Another's name leads to the portal.
 *
 * @param bound the host that the page listens at, as it was written
 */
record Doorstep(String bound, Crowd crowd, Portal portal) {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self' "
          + Shipped.STYLE.source()
          + "; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  void pass(Context context) throws Refusal {
    crowd.asks(context.req());
    protect(context);
    if (!Hosts.isOurs(context.header("Host"), bound)) {
      portal.greet(context);
      context.skipRemainingHandlers();
    }
  }

  /** The headers of every answer: nothing from elsewhere, and nothing kept. */
  private static void protect(Context context) {
    context.header("Content-Security-Policy", POLICY);
    context.header("X-Content-Type-Options", "nosniff");
    context.header("Referrer-Policy", "same-origin");
    context.header("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
    context.header("Cache-Control", "no-store");
  }
}
