package org.kerbside.drivers.mqtt;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery.Sending;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.MessageBus.Age;
import org.kerbside.drivers.api.MessageBus.Listener;
import org.kerbside.drivers.api.MessageBus.Message;
import org.kerbside.drivers.api.Receipt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to the field broker, used once: a Paho client with its own socket and threads.
 * What it received and did not acknowledge, the broker sends again on the next.
 */
final class Connection implements MqttCallback, Acks.Sender {

  /** How a connection ended. */
  sealed interface End {
    /** The line or the broker. */
    record Lost(String reason) implements End {}

    /** We could not keep what came. */
    record Refused(String reason) implements End {}

    /** It was closed here. */
    record Closed() implements End {}
  }

  /** At least so many messages may be under way unacknowledged. */
  static final int RECEIVE_MAXIMUM = 1000;

  private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
  private static final long SESSION_SECONDS = TimeUnit.DAYS.toSeconds(7);
  private static final int KEEP_ALIVE_SECONDS = 30;
  private static final int CONNECT_SECONDS = 10;

  /** For CONNACK and SUBACK: Paho has no deadline of its own. */
  static final Duration ANSWER = Duration.ofSeconds(30);

  private static final long SETTLE_MILLIS = 600;
  private static final long GOODBYE_MILLIS = 500;
  private static final int RETAINED_IF_NEW = 1;
  private static final int REFUSALS = 0x80; // reason codes from here on
  // Paho starts spinning with less than five, and parks three for good.
  private static final int THREADS = 10;
  // Between socket and callback stand Paho's queue of ten and what its threads hold.
  private static final int BETWEEN = 64;

  private final MqttBus bus;
  private final long answerMillis;
  private final Listener listener;
  private final ScheduledExecutorService threads;
  private final FieldSocket.Factory sockets;
  private final MqttAsyncClient client;
  private final Acks acks = new Acks(this, RECEIVE_MAXIMUM);
  private final ArrayBlockingQueue<Sending> sendings = new ArrayBlockingQueue<>(BETWEEN);
  private final CompletableFuture<End> end = new CompletableFuture<>();
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Thread delivering;

  /**
   * Opens nothing yet.
   *
   * @param answer how long the broker may take for an answer
   */
  Connection(MqttBus bus, String clientId, Listener listener, Duration answer)
      throws MqttException {
    this.bus = bus;
    this.answerMillis = answer.toMillis();
    this.listener = listener;
    this.threads =
        Executors.newScheduledThreadPool(
            THREADS, Thread.ofPlatform().name("mqtt-" + bus.name() + "-", 0).daemon().factory());
    this.sockets = new FieldSocket.Factory(this::passes, threads);
    this.client =
        new MqttAsyncClient(
            "tcp://%s:%d".formatted(bus.host(), bus.port()),
            clientId,
            new MemoryPersistence(),
            null,
            threads);
  }

  /** Connects, resumes the session and subscribes; what waits in the session may come at once. */
  void open(List<String> filters) throws MqttException, IOException {
    client.setManualAcks(true);
    client.setCallback(this);
    client.connect(options()).waitForCompletion(answerMillis);
    if (!filters.isEmpty()) {
      var subscriptions =
          filters.stream().map(Connection::subscription).toArray(MqttSubscription[]::new);
      granted(filters, client.subscribe(subscriptions, null, null, new MqttProperties()));
    }
  }

  private MqttConnectionOptions options() {
    var options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(SESSION_SECONDS);
    options.setReceiveMaximum(RECEIVE_MAXIMUM);
    options.setMaximumPacketSize((long) WireInput.MOST_BYTES);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    options.setConnectionTimeout(CONNECT_SECONDS);
    options.setSocketFactory(sockets);
    options.setUserName(bus.user());
    String password = bus.password();
    if (password != null) {
      options.setPassword(password.getBytes(UTF_8));
    }
    return options;
  }

  private static MqttSubscription subscription(String filter) {
    var subscription = new MqttSubscription(filter, 1);
    subscription.setRetainHandling(RETAINED_IF_NEW);
    return subscription;
  }

  /** Paho takes a refusing SUBACK for success. */
  private void granted(List<String> filters, IMqttToken subscribed)
      throws MqttException, IOException {
    subscribed.waitForCompletion(answerMillis);
    int[] codes = subscribed.getReasonCodes();
    for (int i = 0; codes != null && i < codes.length; i++) {
      if (codes[i] >= REFUSALS) {
        throw new IOException(
            "the broker refuses the subscription to '%s': reason 0x%02X; allow it there"
                .formatted(filters.get(Math.min(i, filters.size() - 1)), codes[i]));
      }
    }
  }

  /** Hands a message to Paho, at QoS 1. */
  void publish(String topic, byte[] payload) throws Unavailable {
    try {
      client.publish(topic, payload, 1, false);
    } catch (MqttException told) {
      throw new Unavailable(
          "bus %s: %s: not published: %s".formatted(bus.name(), bus.place(), Reasons.of(told)));
    }
  }

  /** Waits until the connection is no more of use. */
  End awaitEnd() throws InterruptedException {
    try {
      return end.get();
    } catch (java.util.concurrent.ExecutionException never) {
      throw new IllegalStateException(never);
    }
  }

  /** Ends it, and leaves the session at the broker. From any thread, within two seconds. */
  void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    end.complete(new End.Closed());
    var waiting = delivering;
    if (waiting != null) {
      waiting.interrupt(); // from a full intake, or Paho would wait for its callback for ever
    }
    settle();
    var cut = threads.schedule(sockets::cut, 2 * GOODBYE_MILLIS, TimeUnit.MILLISECONDS);
    try {
      if (client.isConnected()) {
        client.disconnectForcibly(0, GOODBYE_MILLIS, 0, new MqttProperties());
      }
    } catch (MqttException gone) {
      LOG.debug("{}: {}", bus.place(), gone.getMessage());
    } finally {
      cut.cancel(false);
      sockets.cut();
      threads.shutdownNow();
    }
  }

  /**
   * What is being committed right now is acknowledged, and does not come twice; what was just
   * published still goes.
   */
  private void settle() {
    try {
      if (client.isConnected()) {
        acks.awaitSettled(SETTLE_MILLIS);
        var published = client.getPendingTokens();
        if (published.length > 0) { // they go in order: with the last all of them are there
          published[published.length - 1].waitForCompletion(SETTLE_MILLIS);
        }
      }
    } catch (MqttException unsent) {
      LOG.debug("{}: {}", bus.place(), unsent.getMessage());
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
    acks.die();
  }

  private void passes(boolean again) {
    sendings.add(again ? Sending.AGAIN : Sending.FIRST);
  }

  @Override
  public void messageArrived(String topic, MqttMessage message) {
    // Paho drops the DUP flag; it was noted, in this order, when the message passed the socket.
    var sending = sendings.poll();
    delivering = Thread.currentThread();
    if (!closed.get()) {
      take(topic, message, sending == null ? Sending.FIRST : sending);
    }
    delivering = null;
  }

  private void take(String topic, MqttMessage message, Sending sending) {
    var receipt = Receipt.NONE;
    var age = message.isRetained() ? Age.RETAINED : Age.LIVE;
    try {
      if (message.getQos() > 0) {
        receipt = acks.expect(message.getId());
      }
      listener.take(new Message(topic, message.getPayload(), sending, age), receipt);
    } catch (InterruptedException stop) {
      receipt.refused("closing");
      Thread.currentThread().interrupt();
    } catch (RuntimeException bug) {
      // Paho would swallow it; unacknowledged, the message comes again, and with it the trace.
      LOG.error("{}: {}", bus.place(), topic, bug);
      receipt.refused("an error of ours");
    }
  }

  @Override
  public void acknowledge(int message) {
    try {
      client.messageArrivedComplete(message, 1);
    } catch (MqttException | RuntimeException gone) {
      // The connection ended meanwhile: the broker sends the message again on the next.
      LOG.debug("{}: {}", bus.place(), gone.toString());
    }
  }

  @Override
  public void refused(String reason) {
    end.complete(new End.Refused(reason));
  }

  @Override
  public void disconnected(@Nullable MqttDisconnectResponse response) {
    acks.die();
    end.complete(new End.Lost(reason(response)));
  }

  private static String reason(@Nullable MqttDisconnectResponse response) {
    if (response == null) {
      return "the connection broke";
    }
    var exception = response.getException();
    return exception == null
        ? "the broker ended it: reason 0x%02X".formatted(response.getReturnCode())
        : Reasons.of(exception);
  }

  @Override
  public void mqttErrorOccurred(MqttException error) {
    LOG.debug("{}: {}", bus.place(), error.toString());
  }

  @Override
  public void deliveryComplete(IMqttToken token) {}

  @Override
  public void connectComplete(boolean reconnect, String uri) {}

  @Override
  public void authPacketArrived(int reason, MqttProperties properties) {}
}
