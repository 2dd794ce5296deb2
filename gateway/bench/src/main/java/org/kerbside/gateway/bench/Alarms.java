package org.kerbside.gateway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Raises and clears an alarm of one asset after another, fifty a second, and hears when the city
 * knows: each from before the sensor's write to after the subscriber's read.
 */
final class Alarms implements AutoCloseable {

  private static final char PUBLISH = 0x30;
  private static final int EVERY = 20; // ms
  private static final Pattern ID = Pattern.compile("\"id\":\"a(\\d+)/high\"");

  private final Mqtt sensors;
  private final Mqtt city;
  private final Latencies latencies = new Latencies(100_000);

  /** When the asset's last change was published, 0 when it has been heard. */
  private final AtomicLongArray waiting = new AtomicLongArray(Street.ASSETS);

  private final AtomicIntegerArray turns = new AtomicIntegerArray(Street.ASSETS);
  private @Nullable Thread thread;
  private volatile boolean over;

  private Alarms(Mqtt sensors, Mqtt city) {
    this.sensors = sensors;
    this.city = city;
  }

  static Alarms between(int field, int city) throws IOException {
    var ears = Mqtt.connect(city, "alarms");
    ears.subscribe("kerbside/1/bench/BENCH-1/e");
    var alarms = new Alarms(Mqtt.connect(field, "alarm-sensors"), ears);
    Thread.ofPlatform().daemon().name("alarms-heard").start(alarms::hear);
    return alarms;
  }

  void begin() {
    thread = Thread.ofPlatform().daemon().name("alarms").start(this::raise);
  }

  /** Ends it; what is still under way has two seconds. */
  void end() throws InterruptedException {
    over = true;
    if (thread != null) {
      thread.join();
    }
    TimeUnit.SECONDS.sleep(2);
  }

  private void raise() {
    try {
      for (int turn = 0; !over; turn++) {
        int asset = turn % Street.ASSETS;
        var value = turns.getAndIncrement(asset) % 2 == 0 ? "90.0" : "10.0";
        waiting.set(asset, System.nanoTime());
        publish("field/a%d/p0".formatted(asset), "{\"v\":%s}".formatted(value));
        TimeUnit.MILLISECONDS.sleep(EVERY);
      }
    } catch (IOException gone) {
      throw new IllegalStateException("the field broker hung up", gone);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void publish(String topic, String payload) throws IOException {
    int length = 2 + topic.length() + 1 + payload.length();
    // PUBLISH at QoS 1 would want its acknowledgement read: 0 will do on loopback.
    var text = PUBLISH + "" + (char) length + "\0" + (char) topic.length() + topic + "\0";
    var packet = (text + payload).getBytes(StandardCharsets.ISO_8859_1);
    sensors.write(packet, packet.length);
  }

  private void hear() {
    try {
      while (city.read()) {
        if (city.type() == Mqtt.PUBLISH) {
          heard(System.nanoTime());
        }
      }
    } catch (IOException gone) {
      over = true;
    }
  }

  private void heard(long nanos) {
    var text =
        new String(
            city.bytes(), city.start(), city.end() - city.start(), StandardCharsets.ISO_8859_1);
    var id = ID.matcher(text);
    if (id.find()) {
      long since = waiting.getAndSet(Integer.parseInt(id.group(1)), 0);
      if (since != 0) {
        latencies.add(nanos - since);
      }
    }
    acknowledge();
  }

  /** At QoS 1 a message has its number behind the topic. */
  private void acknowledge() {
    int at = city.start();
    at += 2 + ((city.bytes()[at] & 0xFF) << 8 | city.bytes()[at + 1] & 0xFF);
    byte[] ack = {0x40, 2, city.bytes()[at], city.bytes()[at + 1]};
    try {
      city.write(ack, ack.length);
    } catch (IOException gone) {
      over = true;
    }
  }

  @Override
  public String toString() {
    return String.format(
        Locale.ROOT,
        "%d, p50 %.1f, p99 %.1f, max %.1f ms",
        latencies.count(),
        latencies.percentile(50),
        latencies.percentile(99),
        latencies.percentile(100));
  }

  @Override
  public void close() throws IOException {
    over = true;
    sensors.close();
    city.close();
  }
}
