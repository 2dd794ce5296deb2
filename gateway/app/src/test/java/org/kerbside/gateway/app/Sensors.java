package org.kerbside.gateway.app;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;

/**
 * A street of MQTT sensors on one connection: points {@code a0/p1} … {@code a49/p3} in turn, each
 * with a running number as its value and a time of its own. Points {@code p0} are apart: their
 * values raise alarms and clear them. Belongs to one thread, but for what was said.
 */
final class Sensors implements AutoCloseable {

  static final int POINTS = 150;

  private static final int WINDOW = 200;

  private final MqttAsyncClient client;
  private final Semaphore window = new Semaphore(WINDOW);
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicReference<String> failure = new AtomicReference<>();
  private final List<Said> said = Collections.synchronizedList(new ArrayList<>());
  private long last;
  private int sent;
  private int alarms;

  private Sensors(MqttAsyncClient client) {
    this.client = client;
  }

  static Sensors at(String url) throws MqttException {
    var client =
        new MqttAsyncClient(url.replace("mqtt://", "tcp://"), "sensors", new MemoryPersistence());
    var options = new MqttConnectionOptions();
    options.setCleanStart(true);
    client.connect(options).waitForCompletion(10_000);
    return new Sensors(client);
  }

  static String point(int index) {
    return "a%d/p%d".formatted(index % 50, 1 + index / 50 % 3);
  }

  /** Publishes so many more readings at QoS 1; blocks while too many are unacknowledged. */
  void send(int count) throws Exception {
    for (int i = 0; i < count; i++) {
      publish(point(sent % POINTS), sent / POINTS);
      sent++;
    }
  }

  /** Likewise one of {@code a0/p0} … {@code a49/p0} in turn: first all high, then all low, … */
  void alarm() throws Exception {
    int round = alarms / 50;
    publish("a%d/p0".formatted(alarms % 50), round % 2 == 0 ? 1_000 + round : -round);
    alarms++;
  }

  private void publish(String point, int value) throws Exception {
    last = Math.max(last + 1, System.currentTimeMillis());
    said.add(new Said(point.intern(), last, value)); // there are many of them
    var payload = "{\"v\":%d,\"t\":%d,\"n\":%d}".formatted(value, last, said.size());
    var message = new MqttMessage(payload.getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    window.acquire();
    client.publish("field/" + point, message, null, new Ack());
  }

  /** Waits until the broker has acknowledged all that was sent. */
  void settle() throws InterruptedException {
    window.acquire(WINDOW);
    window.release(WINDOW);
    if (failure.get() != null) {
      throw new AssertionError(failure.get());
    }
  }

  int sent() {
    return sent;
  }

  /** Everything that was published; after {@link #settle} all of it is acknowledged. */
  List<Said> said() {
    synchronized (said) {
      return List.copyOf(said);
    }
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 0, false);
    client.close(true);
  }

  private final class Ack implements MqttActionListener {

    @Override
    public void onSuccess(IMqttToken token) {
      acknowledged.incrementAndGet();
      window.release();
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      failure.set("a publish failed: " + cause);
      window.release();
    }
  }
}
