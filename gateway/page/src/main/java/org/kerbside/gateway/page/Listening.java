package org.kerbside.gateway.page;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.SizeUnit;
import io.javalin.util.JavalinBindException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Locale;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.SizeLimitHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How every page of ours listens: headers of 8 KB, 30 s idle, small bodies but for photos. */
final class Listening {

  private static final int HEADERS = 8 * 1024; // bytes
  private static final int BODY = 64 * 1024; // bytes
  private static final long IDLE = 30_000; // ms
  private static final Duration STOP = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  private Listening() {}

  /** What every page of ours has: its limits, and nothing said of what serves it. */
  static void limit(JavalinConfig config, InetSocketAddress address, Crowd crowd) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    config.concurrency.useVirtualThreads = true;
    config.jetty.modifyHttpConfiguration(Listening::limit);
    config.jetty.modifyServletContextHandler(Listening::limit);
    config.jetty.multipartConfig.maxFileSize(ScanPages.LARGEST, SizeUnit.BYTES);
    config.jetty.multipartConfig.maxTotalRequestSize(ScanPages.LARGEST, SizeUnit.BYTES);
    config.jetty.multipartConfig.maxInMemoryFileSize(BODY, SizeUnit.BYTES);
    config.jetty.addConnector((server, http) -> connector(server, http, address, crowd));
  }

  private static void limit(HttpConfiguration http) {
    http.setRequestHeaderSize(HEADERS);
    http.setSendServerVersion(false);
  }

  private static void limit(ServletContextHandler servlets) {
    servlets.insertHandler(new SmallBodies(BODY, "/scan/label"));
    servlets.insertHandler(new SizeLimitHandler(ScanPages.MOST_SENT, -1));
  }

  private static Connector connector(
      Server server, HttpConfiguration http, InetSocketAddress address, Crowd crowd) {
    var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(host(address));
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE);
    connector.setShutdownIdleTimeout(100);
    connector.addBean(crowd);
    server.setStopTimeout(0);
    return connector;
  }

  /** As a number, so that what is bound is what was meant. */
  private static String host(InetSocketAddress address) {
    var resolved = address.getAddress();
    return resolved == null ? address.getHostString() : resolved.getHostAddress();
  }

  /** Serves from now on. */
  static void start(Javalin javalin, InetSocketAddress address) throws PageException {
    if (address.isUnresolved()) {
      throw new PageException(
          "page: '%s' is no address of this machine; choose another with --page ADDRESS:PORT"
              .formatted(address.getHostString()),
          null);
    }
    try {
      javalin.start();
    } catch (JavalinBindException taken) {
      throw new PageException(
          "page: %s:%d cannot be listened on: %s; choose another with --page ADDRESS:PORT"
              .formatted(address.getHostString(), address.getPort(), reason(taken)),
          taken);
    }
  }

  /**
   * Takes nobody any more, so that another may listen there, and stops within two seconds. Jetty
   * (12.1.12) waits for ever where a connection is closed in the moment something is written to it,
   * and whoever stops it with it: {@code HttpConnection.SendCallback.cancel}.
   */
  static void stop(Javalin javalin) {
    for (var connector : javalin.jettyServer().server().getConnectors()) {
      if (connector instanceof NetworkConnector door) {
        door.close();
      }
    }
    var stopping = Thread.ofVirtual().name("page-stop").start(javalin::stop);
    try {
      if (!stopping.join(STOP)) {
        LOG.warn("page: its server has not stopped within {} s, and is left", STOP.toSeconds());
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
    }
  }

  private static String reason(JavalinBindException taken) {
    var cause = taken.getCause();
    while (cause != null && cause.getCause() != null) {
      cause = cause.getCause();
    }
    var message = cause == null ? taken.getMessage() : cause.getMessage();
    return message == null ? "address in use" : message.toLowerCase(Locale.ROOT);
  }
}
