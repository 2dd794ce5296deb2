package org.kerbside.gateway.page;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.eclipse.jetty.util.Callback;

/** Limits what is sent, but where photos are. */
final class SmallBodies extends SizeLimitHandler {

  private final String photos;

  /**
   * @param most bytes
   * @param photos the path that is left out
   */
  SmallBodies(long most, String photos) {
    super(most, -1);
    this.photos = photos;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    var next = getHandler();
    return next != null && Request.getPathInContext(request).equals(photos)
        ? next.handle(request, response, callback)
        : super.handle(request, response, callback);
  }
}
