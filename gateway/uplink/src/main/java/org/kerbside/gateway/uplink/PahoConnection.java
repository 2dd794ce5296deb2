package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.NANOSECONDS;

import java.io.EOFException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Delayed;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.net.SocketFactory;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Identity;

/**
 * One life of a Paho client, from CONNECT to its end; never used again. Nothing outlives it: no
 * session, no in-flight message, no topic alias. The library's callbacks only put signals into the
 * mailbox; all calls come from the uplink's thread. The only class that knows Paho.
 */
final class PahoConnection implements Connection {

  /**
   * Above a command's 64 KiB, so that a larger one is answered and not silently dropped. Paho 1.2.5
   * confuses what it takes with what it sends: nothing larger may be sent either.
   */
  static final int LARGEST_PACKET = 256 * 1024;

  /** So many of the city's commands may wait for our PUBACK. */
  private static final int RECEIVE_MAXIMUM = 16;

  /** What is not acknowledged has no such limit: beyond this it is dropped. */
  private static final int MOST_SIGNALS = 1000;

  /** Paho takes five for itself and spins for ever when it gets none. */
  private static final int THREADS = 10;

  private static final int AT_LEAST_ONCE = 1;
  private static final int NO_REASON = -1;
  private static final int UNSPECIFIED = 0x80;

  /** CONNACK: bad user name or password, not authorized, banned. Who shows a certificate is it. */
  private static final Set<Integer> NOT_YOU = Set.of(0x86, 0x87, 0x8A);

  /** Kept, or the setting would be collected with it: Paho prints a stack for each lost link. */
  private static final Logger PAHO = Logger.getLogger("org.eclipse.paho");

  private final Link link;
  private final Deadlines deadlines;
  private final Mailbox mailbox;
  private final Reception reception;
  private final Line line;
  private final ScheduledThreadPoolExecutor threads;
  private final MqttAsyncClient client;
  private final AtomicBoolean isJudged = new AtomicBoolean(); // our certificate, on this connection

  private PahoConnection(
      Link link,
      Line line,
      Deadlines deadlines,
      Mailbox mailbox,
      Reception reception,
      ScheduledThreadPoolExecutor threads,
      MqttAsyncClient client) {
    this.link = link;
    this.deadlines = deadlines;
    this.mailbox = mailbox;
    this.reception = reception;
    this.line = line;
    this.threads = threads;
    this.client = client;
  }

  /** The network on which each connection is one of these. */
  static Network network(
      Link link,
      Addresses addresses,
      String client,
      Deadlines deadlines,
      Reception reception,
      Traffic traffic) {
    return (will, mailbox) -> {
      var line = new Line(link, addresses, LARGEST_PACKET, deadlines.connack(), traffic);
      return open(link, line, client, will, deadlines, mailbox, reception);
    };
  }

  private static PahoConnection open(
      Link link,
      Line line,
      String clientId,
      Message will,
      Deadlines deadlines,
      Mailbox mailbox,
      Reception reception)
      throws LinkException {
    PAHO.setLevel(Level.OFF);
    var threads = new ScheduledThreadPoolExecutor(THREADS, PahoConnection::thread);
    threads.setRemoveOnCancelPolicy(true);
    threads.setRejectedExecutionHandler(PahoConnection::refuse);
    try {
      // The address stands in the line, which tries all that the host has.
      var client =
          new MqttAsyncClient(
              "tcp://127.0.0.1:1", clientId, new MemoryPersistence(), null, threads);
      var connection =
          new PahoConnection(link, line, deadlines, mailbox, reception, threads, client);
      connection.connect(will);
      return connection;
    } catch (MqttException cause) {
      threads.shutdownNow();
      throw new LinkException(link + ": " + said(cause));
    }
  }

  @Override
  public void subscribe(List<String> filters) throws LinkException {
    try {
      var subscriptions =
          filters.stream().map(PahoConnection::subscription).toArray(MqttSubscription[]::new);
      client.subscribe(subscriptions, null, new Subscribing(), new MqttProperties());
    } catch (MqttException cause) {
      throw new LinkException("subscribe: " + said(cause));
    }
  }

  @Override
  public void publish(Message message) throws LinkException {
    var wire = new MqttMessage(message.payload());
    wire.setQos(AT_LEAST_ONCE);
    wire.setRetained(message.retention() == Message.Retention.RETAINED);
    wire.setProperties(properties(message));
    try {
      client.publish(message.topic(), wire, null, new Publishing(message));
    } catch (MqttException cause) {
      throw new LinkException("publish on %s: %s".formatted(message.topic(), said(cause)));
    }
  }

  @Override
  public void acknowledge(Request request) throws LinkException {
    try {
      client.messageArrivedComplete(request.packet(), request.qos());
    } catch (MqttException cause) {
      throw new LinkException("acknowledge: " + said(cause));
    }
  }

  @Override
  public Duration silence() {
    return line.silence();
  }

  @Override
  public void leave() {
    try {
      client.disconnect(0).waitForCompletion(500);
    } catch (MqttException cause) {
      // It is over either way.
    }
    sever();
  }

  /** Closes the raw socket, whatever the library thinks or holds, and lets go of it. */
  @Override
  public void sever() {
    line.close();
    // Not at once: a task of the library's that never ran would keep another waiting for ever.
    threads.shutdown();
  }

  private void connect(Message will) throws MqttException {
    var options = new MqttConnectionOptions();
    options.setCleanStart(true);
    options.setAutomaticReconnect(false);
    options.setKeepAliveInterval((int) deadlines.keepAlive().toSeconds());
    options.setConnectionTimeout((int) Math.max(1, deadlines.connack().toSeconds()));
    options.setReceiveMaximum(RECEIVE_MAXIMUM);
    options.setMaximumPacketSize((long) LARGEST_PACKET);
    options.setSocketFactory(new OneLine(line));
    if (link.identity() instanceof Identity.Password(var user, var password)) {
      options.setUserName(user);
      if (password != null) {
        options.setPassword(password.getBytes(UTF_8));
      }
    }
    var last = new MqttMessage(will.payload());
    last.setQos(AT_LEAST_ONCE);
    last.setRetained(true);
    options.setWill(will.topic(), last);
    client.setManualAcks(true);
    client.setCallback(new Listening());
    client.connect(options, null, new Connecting());
  }

  private static MqttSubscription subscription(String filter) {
    var subscription = new MqttSubscription(filter, AT_LEAST_ONCE);
    // A retained command must be seen to be refused, whenever it was retained.
    subscription.setRetainHandling(0);
    subscription.setRetainAsPublished(true);
    return subscription;
  }

  private static MqttProperties properties(Message message) {
    var properties = new MqttProperties();
    properties.setContentType("application/json");
    if (message.correlation() != null) {
      properties.setCorrelationData(message.correlation());
    }
    var users = new ArrayList<UserProperty>(4);
    var stream = message.lane().stream();
    if (stream != null && message.epoch() != null) {
      users.add(new UserProperty("epoch", message.epoch()));
      users.add(new UserProperty("stream", stream.word()));
      users.add(new UserProperty("seq", Long.toString(message.seq())));
    }
    if (message.packing() == Message.Packing.ZLIB) {
      users.add(new UserProperty("enc", "zlib"));
    }
    if (!users.isEmpty()) {
      properties.setUserProperties(users);
    }
    return properties;
  }

  private static Thread thread(Runnable task) {
    var thread = new Thread(task, "uplink-mqtt");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * What begins after we let go. Where CONNACK came in that moment, the library's receiver still
   * sets its first ping; an exception would kill it, and its two siblings would wait for ever.
   */
  private static void refuse(Runnable task, ThreadPoolExecutor threads) {
    boolean isPing = task instanceof Delayed ping && ping.getDelay(NANOSECONDS) > 0;
    if (!isPing) {
      throw new RejectedExecutionException("the connection was let go");
    }
  }

  /** The library tells some ends more than once. */
  private void lost(Throwable cause) {
    var alert = Distrust.alert(cause);
    boolean isOurs = alert != null || NOT_YOU.contains(code(cause));
    if (isOurs && !isJudged.getAndSet(true)) {
      reception.refused(line.shown(), alert == null ? said(cause) : alert);
    }
    mailbox.put(new Signal.Lost(said(cause), code(cause)));
  }

  private static String said(@Nullable Throwable cause) {
    if (cause == null) {
      return "closed";
    }
    if (cause.getCause() instanceof EOFException) {
      return "the broker hung up";
    }
    var inner = cause.getCause();
    var text = inner == null ? null : inner.getMessage();
    var code = cause instanceof MqttException mqtt ? " (%d)".formatted(mqtt.getReasonCode()) : "";
    return (text == null ? String.valueOf(cause.getMessage()) : text) + code;
  }

  private static int code(@Nullable Throwable cause) {
    return cause instanceof MqttException mqtt ? mqtt.getReasonCode() : NO_REASON;
  }

  private final class Connecting implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      line.welcomed();
      reception.taken(line.shown());
      @Nullable MqttProperties answer = token.getResponseProperties();
      Integer most = answer == null ? null : answer.getReceiveMaximum();
      Long largest = answer == null ? null : answer.getMaximumPacketSize();
      mailbox.put(
          new Signal.Connected(
              most == null ? Integer.MAX_VALUE : most,
              largest == null ? LARGEST_PACKET : Math.min(largest, LARGEST_PACKET)));
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      lost(cause);
    }
  }

  private final class Subscribing implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      int @Nullable [] codes = token.getReasonCodes();
      mailbox.put(
          new Signal.Subscribed(
              codes == null ? List.of(UNSPECIFIED) : Arrays.stream(codes).boxed().toList()));
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      // The connection is gone, and says so itself.
    }
  }

  private final class Publishing implements MqttActionListener {

    private final Message message;

    Publishing(Message message) {
      this.message = message;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      // Success is what the reason code says; without one no PUBACK came.
      int @Nullable [] codes = token.getReasonCodes();
      if (codes != null && codes.length > 0) {
        mailbox.put(new Signal.Acknowledged(message, codes[codes.length - 1]));
      }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      // The connection is gone, and says so itself.
    }
  }

  private final class Listening implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      if (message.getQos() == 0 && mailbox.size() > MOST_SIGNALS) {
        return;
      }
      @Nullable MqttProperties properties = message.getProperties();
      mailbox.put(
          new Signal.Arrived(
              new Request(
                  topic,
                  message.getPayload(),
                  message.isRetained() ? Message.Retention.RETAINED : Message.Retention.PASSING,
                  message.getId(),
                  message.getQos(),
                  properties == null ? null : properties.getResponseTopic(),
                  properties == null ? null : properties.getCorrelationData())));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {
      @Nullable MqttException cause = response.getException();
      var reason = response.getReasonString();
      if (cause != null) {
        lost(cause);
        return;
      }
      mailbox.put(
          new Signal.Lost(
              "the broker disconnects: 0x%02X %s"
                  .formatted(response.getReturnCode(), reason == null ? "" : reason)
                  .strip(),
              response.getReturnCode()));
    }

    @Override
    public void mqttErrorOccurred(MqttException cause) {
      lost(cause);
    }

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String address) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }

  /** Hands out the one line of this connection. */
  private static final class OneLine extends SocketFactory {

    private final Line line;

    OneLine(Line line) {
      this.line = line;
    }

    @Override
    public Socket createSocket() {
      return line;
    }

    @Override
    public Socket createSocket(String host, int port) throws UnknownHostException {
      throw new UnknownHostException(host);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort)
        throws UnknownHostException {
      throw new UnknownHostException(host);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws UnknownHostException {
      throw new UnknownHostException(host.toString());
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
        throws UnknownHostException {
      throw new UnknownHostException(host.toString());
    }
  }
}
