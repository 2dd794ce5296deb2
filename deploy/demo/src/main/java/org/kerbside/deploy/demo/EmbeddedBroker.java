package org.kerbside.deploy.demo;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;
import org.apache.activemq.artemis.api.core.TransportConfiguration;
import org.apache.activemq.artemis.core.config.Configuration;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.remoting.impl.netty.NettyAcceptorFactory;
import org.apache.activemq.artemis.core.server.ActiveMQServer;
import org.apache.activemq.artemis.core.server.JournalType;
import org.apache.activemq.artemis.core.server.impl.ActiveMQServerImpl;
import org.apache.activemq.artemis.core.settings.impl.AddressFullMessagePolicy;
import org.apache.activemq.artemis.core.settings.impl.AddressSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The city's broker of the demonstration: MQTT 5 and 3.1.1 on one loopback port, for anybody, kept
 * in memory alone. What waits for slow subscribers is limited to 32 MiB; beyond, new messages drop.
 */
public final class EmbeddedBroker implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final String LOOPBACK = "127.0.0.1";
  private static final String LOG_LEVEL = "org.slf4j.simpleLogger.log.org.apache.activemq";
  private static final int MOST_BYTES = 32 << 20;
  private static final int THREADS = 4;

  private final ActiveMQServer server;

  private EmbeddedBroker(ActiveMQServer server) {
    this.server = server;
  }

  /** Up when it returns. */
  public static EmbeddedBroker start(int port) throws IOException {
    tryPort(port);
    quieten();
    var broker = new EmbeddedBroker(new ActiveMQServerImpl(configuration(port)));
    try {
      broker.server.start();
    } catch (Exception anything) { // Artemis declares no less
      broker.close();
      throw new IOException(
          "broker: does not start on port %d: %s".formatted(port, anything.getMessage()), anything);
    }
    return broker;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception anything) { // Artemis declares no less
      LOG.warn("broker: does not stop cleanly", anything);
    }
  }

  /** Artemis only logs when it cannot bind. */
  private static void tryPort(int port) throws IOException {
    try (var socket = new ServerSocket(port, 1, InetAddress.ofLiteral(LOOPBACK))) {
      LOG.debug("broker: {} is free", socket);
    } catch (BindException taken) {
      throw new IOException("broker: port %d is taken; choose another".formatted(port), taken);
    }
  }

  /**
   * Its audit log, on from info, asks for the caller's Subject, which Java 25 refuses, and takes
   * the start down with it; and it logs as errors the clients that leave as soon as they have
   * heard. What matters is thrown. Whoever starts the JVM may say otherwise.
   */
  private static void quieten() {
    if (System.getProperty(LOG_LEVEL) == null) {
      System.setProperty(LOG_LEVEL, "off");
    }
  }

  private static Configuration configuration(int port) {
    var configuration = new ConfigurationImpl();
    configuration.setName("demo");
    configuration.setPersistenceEnabled(false);
    configuration.setJournalType(JournalType.NIO); // the default wants a native library
    configuration.setSecurityEnabled(false);
    configuration.setJMXManagementEnabled(false);
    configuration.setCriticalAnalyzer(false);
    configuration.setGracefulShutdownEnabled(false);
    configuration.setMaxDiskUsage(-1);
    configuration.setThreadPoolMaxSize(THREADS);
    configuration.setScheduledThreadPoolMaxSize(1);
    configuration.setGlobalMaxSize(MOST_BYTES);
    configuration.addAcceptorConfiguration(
        new TransportConfiguration(NettyAcceptorFactory.class.getName(), acceptor(port), "mqtt"));
    configuration.addAddressSetting("#", settings());
    return configuration;
  }

  private static Map<String, Object> acceptor(int port) {
    return Map.of(
        "host",
        "127.0.0.1",
        "port",
        port,
        "protocols",
        "MQTT",
        "useEpoll",
        false,
        "useKQueue",
        false,
        "remotingThreads",
        1,
        "quietPeriod",
        0,
        "shutdownTimeout",
        200); // ms
  }

  /** Dropping, for paging would write files. */
  private static AddressSettings settings() {
    return new AddressSettings().setAddressFullMessagePolicy(AddressFullMessagePolicy.DROP);
  }
}
