package org.kerbside.gateway.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;

/**
 * Some of the street's sensors on one connection: publishes at QoS 1, many packets a write, and
 * counts the broker's acknowledgements. One thread.
 */
final class Sender implements AutoCloseable {

  /** Unacknowledged at a time; four senders stay below the broker's thousand. */
  private static final int WINDOW = 200;

  private static final int AT_ONCE = 64;
  private static final long NAP_NANOS = 100_000;
  private static final int SMALL = 128; // a packet's length is one byte

  private final Mqtt mqtt;
  private final Street street;
  private final Pace pace;
  private final int[] points; // by the street's index
  private final byte[][] topics;
  private final byte[] out = new byte[AT_ONCE * SMALL];
  private int count;
  private int turn;
  private int message;
  private int unacknowledged;

  /**
   * @param points by the street's index; no other sender has them
   */
  Sender(int port, String client, Street street, Pace pace, int[] points) throws IOException {
    mqtt = Mqtt.connect(port, client);
    this.street = street;
    this.pace = pace;
    this.points = points;
    topics = new byte[points.length][];
    for (int i = 0; i < points.length; i++) {
      var topic = "field/a%d/p%d".formatted(points[i] / Street.POINTS, points[i] % Street.POINTS);
      topics[i] = topic.getBytes(StandardCharsets.US_ASCII);
    }
  }

  /** Until the pace is over and everything is acknowledged. */
  void run() throws IOException {
    while (!pace.isOver() || unacknowledged > 0) {
      int may = pace.take(Math.min(AT_ONCE, WINDOW - unacknowledged));
      for (int i = 0; i < may; i++) {
        publish();
      }
      if (may > 0) {
        mqtt.write(out, count);
        count = 0;
      }
      if (unacknowledged >= WINDOW / 2 || mqtt.hasMore()) {
        acknowledged();
      } else if (may == 0) {
        LockSupport.parkNanos(NAP_NANOS);
      }
    }
  }

  private void acknowledged() throws IOException {
    do {
      if (!mqtt.read()) {
        throw new IOException("the broker hung up");
      }
      if (mqtt.type() == Mqtt.PUBACK) {
        unacknowledged--;
      }
    } while (mqtt.hasWhole());
  }

  private void publish() {
    int which = turn++ % points.length;
    int tenths = street.publish(points[which], System.nanoTime());
    message = message % 0xFFFF + 1;
    out[count] = 0x32; // PUBLISH at QoS 1
    int length = count + 1;
    count += 2;
    put(topics[which].length >> 8);
    put(topics[which].length);
    put(topics[which]);
    put(message >> 8);
    put(message);
    put(0); // no properties
    put("{\"v\":");
    number(tenths / 10);
    put('.');
    put('0' + tenths % 10);
    put(",\"t\":");
    number(System.currentTimeMillis());
    put(",\"n\":");
    number(turn);
    put('}');
    out[length] = (byte) (count - length - 1);
    unacknowledged++;
  }

  private void put(int one) {
    out[count++] = (byte) one;
  }

  private void put(byte[] bytes) {
    System.arraycopy(bytes, 0, out, count, bytes.length);
    count += bytes.length;
  }

  private void put(String text) {
    for (int i = 0; i < text.length(); i++) {
      out[count++] = (byte) text.charAt(i);
    }
  }

  private void number(long number) {
    if (number >= 10) {
      number(number / 10);
    }
    put((int) ('0' + number % 10));
  }

  @Override
  public void close() throws IOException {
    mqtt.close();
  }
}
