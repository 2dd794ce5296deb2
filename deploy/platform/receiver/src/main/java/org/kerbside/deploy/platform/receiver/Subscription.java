package org.kerbside.deploy.platform.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
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

/**
 * One connection to the city's broker; never used again. The session outlives it, so that what
 * comes meanwhile waits at the broker. Nothing is acknowledged but by {@link #acknowledge}. The
 * library's callbacks only enqueue; all calls come from the receiver's thread.
 */
final class Subscription implements AutoCloseable {

  /** So many messages may be under way unacknowledged: the most that one commit holds. */
  static final int WINDOW = 500;

  private static final long SESSION_SECONDS = TimeUnit.DAYS.toSeconds(1);
  private static final int KEEP_ALIVE_SECONDS = 15;
  private static final long ANSWER_MILLIS = 10_000;
  private static final int AT_LEAST_ONCE = 1;
  private static final int REFUSED = 0x80;
  private static final int LARGEST_PACKET = 1024 * 1024;

  /** Paho takes five for itself and spins for ever when it gets none. */
  private static final int THREADS = 10;

  /** Kept, or the setting would be collected with it: Paho prints a stack for each lost link. */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

  private final ScheduledThreadPoolExecutor threads;
  private final MqttAsyncClient client;
  private final LinkedBlockingQueue<Message> messages = new LinkedBlockingQueue<>();
  private volatile @Nullable String lost;

  private Subscription(ScheduledThreadPoolExecutor threads, MqttAsyncClient client) {
    this.threads = threads;
    this.client = client;
  }

  /** Connects, resumes the session and subscribes. */
  static Subscription open(Broker broker) throws MqttException {
    PAHO.setLevel(Level.OFF);
    var threads =
        new ScheduledThreadPoolExecutor(
            THREADS, Thread.ofPlatform().name("receiver-mqtt").daemon().factory());
    var client =
        new MqttAsyncClient(
            broker.server(), broker.client(), new MemoryPersistence(), null, threads);
    var subscription = new Subscription(threads, client);
    try {
      subscription.begin(broker);
      return subscription;
    } catch (MqttException refused) {
      subscription.close();
      throw refused;
    }
  }

  private void begin(Broker broker) throws MqttException {
    client.setManualAcks(true);
    client.setCallback(new Listening());
    client.connect(options(broker)).waitForCompletion(ANSWER_MILLIS);
    var filters =
        Stream.of(broker.shared("d"), broker.shared("h"), broker.shared("e"), broker.states())
            .map(filter -> new MqttSubscription(filter, AT_LEAST_ONCE))
            .toArray(MqttSubscription[]::new);
    var answer = client.subscribe(filters, null, null, new MqttProperties());
    answer.waitForCompletion(ANSWER_MILLIS);
    for (int code : answer.getReasonCodes()) {
      if (code >= REFUSED) {
        throw new MqttException(code);
      }
    }
  }

  private static MqttConnectionOptions options(Broker broker) {
    var options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(SESSION_SECONDS);
    options.setAutomaticReconnect(false);
    options.setReceiveMaximum(WINDOW);
    options.setMaximumPacketSize((long) LARGEST_PACKET);
    options.setKeepAliveInterval(KEEP_ALIVE_SECONDS);
    if (broker.user() != null) {
      options.setUserName(broker.user());
    }
    var password = broker.password();
    if (password != null) {
      options.setPassword(password.getBytes(UTF_8));
    }
    return options;
  }

  /** What came, at most a window of it; waits so long for the first. */
  List<Message> take(Duration most) throws InterruptedException {
    var first = messages.poll(most.toMillis(), TimeUnit.MILLISECONDS);
    if (first == null) {
      return List.of();
    }
    var taken = new ArrayList<Message>();
    taken.add(first);
    messages.drainTo(taken, WINDOW - 1);
    return taken;
  }

  /** PUBACK. */
  void acknowledge(Message message) throws MqttException {
    client.messageArrivedComplete(message.packet(), message.qos());
  }

  /** Publishes and waits for the PUBACK. */
  void tell(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, AT_LEAST_ONCE, false).waitForCompletion(ANSWER_MILLIS);
  }

  /** Why it has ended; null while it stands. */
  @Nullable String lost() {
    return lost;
  }

  @Override
  public void close() {
    try {
      if (client.isConnected()) {
        client.disconnect(0).waitForCompletion(500);
      }
      client.disconnectForcibly(0, 0, false);
      client.close(true);
    } catch (MqttException gone) {
      // It is over either way.
    }
    // Not at once: a task of the library's that never ran would keep another waiting for ever.
    threads.shutdown();
  }

  private static Message message(String topic, MqttMessage message) {
    Map<String, String> users = new HashMap<>();
    @Nullable MqttProperties properties = message.getProperties();
    if (properties != null) {
      for (var user : properties.getUserProperties()) {
        users.put(user.getKey(), user.getValue());
      }
    }
    return new Message(topic, message.getPayload(), users, message.getId(), message.getQos());
  }

  private final class Listening implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      messages.add(message(topic, message));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      lost = String.valueOf(response);
    }

    @Override
    public void mqttErrorOccurred(MqttException cause) {
      lost = String.valueOf(cause.getMessage());
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String address) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
