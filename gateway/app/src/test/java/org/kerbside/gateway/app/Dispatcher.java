package org.kerbside.gateway.app;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.kerbside.drivers.testkit.Mosquitto;

/**
 * Who commands a lamp: each command with an id and a value of its own, repeated until its outcome
 * is heard, whatever becomes of the gateway meanwhile; then the next. Belongs to one thread, but
 * for what was given.
 */
final class Dispatcher implements AutoCloseable {

  private static final Duration AGAIN = Duration.ofMillis(700);
  private static final double OWN = 3e-4;
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final MqttAsyncClient client;
  private final City city;
  private final String prefix;
  private final String point;
  private final Map<String, Double> given = new LinkedHashMap<>(); // guarded by itself

  private Dispatcher(MqttAsyncClient client, City city, String prefix, String point) {
    this.client = client;
    this.city = city;
    this.prefix = prefix;
    this.point = point;
  }

  /**
   * Connects to the city's broker.
   *
   * @param prefix the gateway's, as {@code kerbside/1/bench/BENCH-1}
   * @param point an output of 0 to 1
   */
  static Dispatcher at(Mosquitto broker, City city, String prefix, String point)
      throws MqttException {
    var url = broker.url().replace("mqtt://", "tcp://");
    var client = new MqttAsyncClient(url, "dispatcher", new MemoryPersistence());
    client.connect(new MqttConnectionOptions()).waitForCompletion(10_000);
    return new Dispatcher(client, city, prefix, point);
  }

  /** Gives one more command, and waits for its outcome. */
  void command() throws Exception {
    int number = given().size();
    int round = number / 1_000;
    // Further apart than what a measuring lamp may take for the same; and no value of a programme,
    // which moves the lamp at each start: 0 by day, else 0.5 or 1.
    double value = number * 37 % 1_000 / 1e3 + OWN + round / 1e6;
    var id = "k-" + number;
    synchronized (given) {
      given.put(id, value);
    }
    long patience = System.nanoTime() + PATIENCE.toNanos();
    while (!isEnded(id)) {
      if (System.nanoTime() - patience > 0) {
        throw new AssertionError("command %s has no outcome".formatted(id));
      }
      send(id, value);
      long again = System.nanoTime() + AGAIN.toNanos();
      while (!isEnded(id) && System.nanoTime() - again < 0) {
        Thread.sleep(10);
      }
    }
  }

  /** What was refused for want of room stands in no journal: it is asked again. */
  private boolean isEnded(String id) {
    var answer = city.newest(prefix + "/r/" + id);
    return answer.contains("\"outcome\"")
        && !answer.contains("\"busy\"")
        && !answer.contains("\"storage\"");
  }

  /** Every id with its value. */
  Map<String, Double> given() {
    synchronized (given) {
      return Map.copyOf(given);
    }
  }

  private void send(String id, double value) throws MqttException {
    var command =
        String.format(
            Locale.ROOT,
            "{\"v\":1,\"id\":\"%s\",\"op\":\"set\",\"point\":\"%s\",\"value\":%s,\"by\":\"dispatch:test\","
                + "\"issued\":1790000000,\"expires\":4000000000,\"lease\":3600}",
            id,
            point,
            value);
    var message = new MqttMessage(command.getBytes(StandardCharsets.UTF_8));
    message.setQos(1);
    IMqttToken token = client.publish(prefix + "/c/" + id, message);
    token.waitForCompletion(10_000);
  }

  @Override
  public void close() throws MqttException {
    client.disconnectForcibly(0, 0, false);
    client.close(true);
  }
}
