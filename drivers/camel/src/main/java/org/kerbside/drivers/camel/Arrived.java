package org.kerbside.drivers.camel;

import org.apache.camel.Exchange;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.netty.http.NettyHttpMessage;

/**
 * What is taken of an exchange: body and name. Headers are not: those from the network may steer a
 * component (CVE-2025-27636).
 */
final class Arrived {

  private final String name;
  private final String version;
  private final byte[] body;

  /**
   * @param name a file's, or a request's path; empty where there is none
   * @param version tells a file from a later one of that name; empty where there is none
   * @param body not changed any more
   */
  Arrived(String name, String version, byte[] body) {
    this.name = name;
    this.version = version;
    this.body = body;
  }

  String name() {
    return name;
  }

  String version() {
    return version;
  }

  byte[] body() {
    return body;
  }

  /** Larger than anything that is taken. */
  static final class TooLarge extends Exception {
    private static final long serialVersionUID = 1L;

    private final String name;

    TooLarge(String name, long bytes) {
      super(
          "got %d bytes, expected at most %d".formatted(bytes, Taking.MOST_BYTES),
          null,
          false,
          false);
      this.name = name;
    }

    String name() {
      return name;
    }
  }

  static Arrived of(Exchange exchange, Way way) throws TooLarge {
    return switch (way) {
      case FILE -> file(exchange);
      case NETTY_HTTP -> of(exchange, path(exchange), "");
      case NETTY, OTHER -> of(exchange, "", "");
    };
  }

  private static Arrived of(Exchange exchange, String name, String version) throws TooLarge {
    byte[] body = exchange.getMessage().getBody(byte[].class);
    if (body != null && body.length > Taking.MOST_BYTES) {
      throw new TooLarge(name, body.length);
    }
    return new Arrived(name, version, body == null ? new byte[0] : body);
  }

  private static Arrived file(Exchange exchange) throws TooLarge {
    var file = exchange.getMessage().getBody(GenericFile.class);
    if (file.getFileLength() > Taking.MOST_BYTES) {
      throw new TooLarge(file.getFileNameOnly(), file.getFileLength());
    }
    return of(
        exchange,
        file.getFileNameOnly(),
        "%s@%d".formatted(file.getFileName(), file.getLastModified()));
  }

  private static String path(Exchange exchange) {
    if (exchange.getMessage() instanceof NettyHttpMessage request) {
      var uri = request.getHttpRequest().uri();
      int query = uri.indexOf('?');
      return query < 0 ? uri : uri.substring(0, query);
    }
    return "";
  }
}
