package org.kerbside.deploy.demo.peers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connection to a field broker that comes again by itself, with a thread of its own for the first
 * one. From any thread.
 */
final class Broker implements AutoCloseable, MqttCallback {

  private static final Logger LOG = LoggerFactory.getLogger(Broker.class);
  private static final int PORT = 1883;
  private static final long ANSWER = 5_000; // ms
  private static final long AGAIN = 500; // ms
  private static final int RETRY = 2; // s, at most, once it was there

  private final Account account;
  private final @Nullable String filter;
  private final Listener listener;
  private final MqttAsyncClient client;
  private final Thread opener;

  /** Where it is, and who we are there. */
  record Account(URI url, @Nullable String user, @Nullable String password) {
    String place() {
      return "%s:%d".formatted(url.getHost(), url.getPort() < 0 ? PORT : url.getPort());
    }
  }

  /** Hears what comes, on a thread of the connection. */
  interface Listener {
    void hear(String topic, byte[] message);
  }

  /**
   * Begins to connect.
   *
   * @param filter what is subscribed to; absent: nothing
   */
  static Broker open(Account account, @Nullable String filter, Listener listener) {
    var broker = new Broker(account, filter, listener);
    broker.opener.start();
    return broker;
  }

  private Broker(Account account, @Nullable String filter, Listener listener) {
    this.account = account;
    this.filter = filter;
    this.listener = listener;
    try {
      client =
          new MqttAsyncClient(
              "tcp://" + account.place(),
              "kerbside-peers-" + UUID.randomUUID(),
              new MemoryPersistence());
    } catch (MqttException never) {
      throw new IllegalArgumentException(account.place(), never);
    }
    client.setCallback(this);
    opener = Thread.ofVirtual().name("broker " + account.place()).unstarted(this::connect);
  }

  /** Whether it could be handed over. */
  boolean send(String topic, byte[] message) {
    if (!client.isConnected()) {
      return false;
    }
    try {
      client.publish(topic, message, 1, false);
      return true;
    } catch (MqttException away) {
      LOG.debug("{}: {}", account.place(), away.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    opener.interrupt();
    try {
      client.disconnectForcibly(0, AGAIN, false);
      client.close(true);
    } catch (MqttException gone) {
      LOG.debug("{}: {}", account.place(), gone.getMessage());
    }
  }

  private void connect() {
    boolean isTold = false;
    while (!client.isConnected()) {
      try {
        client.connect(options()).waitForCompletion(ANSWER);
      } catch (MqttException away) {
        if (!isTold) {
          LOG.warn("no broker at {} yet: {}", account.place(), away.getMessage());
          isTold = true;
        }
        try {
          TimeUnit.MILLISECONDS.sleep(AGAIN);
        } catch (InterruptedException closed) {
          return;
        }
      }
    }
  }

  private MqttConnectionOptions options() {
    var options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(true);
    options.setMaxReconnectDelay(RETRY * 1000);
    options.setUserName(account.user());
    if (account.password() != null) {
      options.setPassword(account.password().getBytes(UTF_8));
    }
    return options;
  }

  @Override
  public void connectComplete(boolean reconnect, String uri) {
    if (filter != null) {
      try {
        client.subscribe(filter, 1);
      } catch (MqttException gone) {
        LOG.warn("{}: cannot subscribe to {}: {}", account.place(), filter, gone.getMessage());
      }
    }
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    listener.hear(topic, message.getPayload());
  }

  @Override
  public void disconnected(@Nullable MqttDisconnectResponse response) {
    LOG.warn("{}: the connection ended; it is tried again", account.place());
  }

  @Override
  public void mqttErrorOccurred(MqttException error) {
    LOG.debug("{}: {}", account.place(), error.toString());
  }

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void authPacketArrived(int reason, MqttProperties properties) {}
}
