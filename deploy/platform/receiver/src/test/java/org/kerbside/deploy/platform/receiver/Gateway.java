package org.kerbside.deploy.platform.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.zip.DeflaterOutputStream;
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

/** What a gateway says, without one: frames by the contract, and what it hears on {@code ack}. */
final class Gateway implements AutoCloseable {

  static final String PREFIX = "kerbside/1/qingyang/CD-QY-0173";
  static final String EPOCH = "01K4Z6R0YH";

  private static final int WINDOW = 100;

  private final MqttAsyncClient client;
  private final Semaphore window = new Semaphore(WINDOW);
  private final List<String> heard = new CopyOnWriteArrayList<>();

  private Gateway(MqttAsyncClient client) {
    this.client = client;
  }

  static Gateway at(String url) throws MqttException {
    var client =
        new MqttAsyncClient(
            url.replace("mqtt://", "tcp://"), "CD-QY-0173", new MemoryPersistence());
    var gateway = new Gateway(client);
    var options = new MqttConnectionOptions();
    options.setCleanStart(true);
    client.setCallback(gateway.new Hearing());
    client.connect(options).waitForCompletion(10_000);
    client
        .subscribe(
            new MqttSubscription[] {new MqttSubscription(PREFIX + "/ack", 1)},
            null,
            null,
            new MqttProperties())
        .waitForCompletion(10_000);
    return gateway;
  }

  static String text(String stream, long seq) {
    return "{\"v\":1,\"gw\":\"CD-QY-0173\",\"epoch\":\"%s\",\"stream\":\"%s\",\"seq\":%d,\"m\":[]}"
        .formatted(EPOCH, stream, seq);
  }

  static String gap(long seq, long from, long to) {
    return ("{\"v\":1,\"gw\":\"CD-QY-0173\",\"epoch\":\"%s\",\"stream\":\"e\",\"seq\":%d,"
            + "\"kind\":\"gap\",\"of\":\"d\",\"from\":%d,\"to\":%d,\"reason\":\"quota\"}")
        .formatted(EPOCH, seq, from, to);
  }

  /** Publishes readings on a topic; blocks while too many are unacknowledged. */
  void send(String leaf, long from, long to) throws Exception {
    for (long seq = from; seq <= to; seq++) {
      send(leaf, leaf.equals("e") ? "e" : "d", seq, text("d", seq).getBytes(UTF_8), List.of());
    }
  }

  void sendEvent(long seq, String text) throws Exception {
    send("e", "e", seq, text.getBytes(UTF_8), List.of());
  }

  void sendDeflated(long seq, String text) throws Exception {
    send("d", "d", seq, deflated(text), List.of(new UserProperty("enc", "zlib")));
  }

  void sendState(String ack) throws Exception {
    var message = new MqttMessage("{\"v\":1,\"ack\":\"%s\"}".formatted(ack).getBytes(UTF_8));
    message.setQos(1);
    message.setRetained(true);
    client.publish(PREFIX + "/state", message).waitForCompletion(10_000);
  }

  /** Waits until the broker has acknowledged all that was sent. */
  void settle() throws InterruptedException {
    window.acquire(WINDOW);
    window.release(WINDOW);
  }

  List<String> heard() {
    return heard;
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 0, false);
    client.close(true);
  }

  static byte[] deflated(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var deflate = new DeflaterOutputStream(bytes)) {
      deflate.write(text.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }

  private void send(String leaf, String stream, long seq, byte[] payload, List<UserProperty> more)
      throws Exception {
    var users = new ArrayList<UserProperty>();
    users.add(new UserProperty("epoch", EPOCH));
    users.add(new UserProperty("stream", stream));
    users.add(new UserProperty("seq", Long.toString(seq)));
    users.addAll(more);
    var properties = new MqttProperties();
    properties.setUserProperties(users);
    var message = new MqttMessage(payload);
    message.setQos(1);
    message.setProperties(properties);
    window.acquire();
    client.publish(PREFIX + "/" + leaf, message, null, new Ack());
  }

  private final class Ack implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      window.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      // The test runs into its time-out and says what it saw.
    }
  }

  /** One for all: a listener for each subscription makes the library count beyond its list. */
  private final class Hearing implements MqttCallback {

    @Override
    public void messageArrived(String topic, MqttMessage message) {
      heard.add(new String(message.getPayload(), UTF_8));
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException cause) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String address) {}

    @Override
    public void authPacketArrived(int reason, MqttProperties properties) {}
  }
}
