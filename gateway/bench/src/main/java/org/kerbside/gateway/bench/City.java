package org.kerbside.gateway.bench;

import java.io.IOException;

/** The city's subscriber: acknowledges every message and hands it to its inbox. */
final class City implements Runnable, AutoCloseable {

  private final Mqtt mqtt;
  private final Inbox inbox;
  private final byte[] acks = new byte[64 * 1024];
  private int count;
  private volatile boolean closed;
  private volatile long bytes;
  private volatile long first; // readings, in nanoseconds; one thread writes
  private volatile long last;

  City(int port, Inbox inbox) throws IOException {
    mqtt = Mqtt.connect(port, "city");
    mqtt.subscribe(inbox.filter());
    this.inbox = inbox;
  }

  @Override
  public void run() {
    try {
      while (mqtt.read()) {
        if (mqtt.type() == Mqtt.PUBLISH) {
          take(System.nanoTime());
        }
        if (count > 0 && (!mqtt.hasWhole() || count + 4 > acks.length)) {
          mqtt.write(acks, count);
          count = 0;
        }
      }
    } catch (IOException gone) {
      if (!closed) {
        throw new IllegalStateException("the subscriber lost the city's broker", gone);
      }
    }
  }

  /** Payload bytes of readings so far. */
  long bytes() {
    return bytes;
  }

  /** From the first message with readings to the last, in seconds. */
  double seconds() {
    return (last - first) / 1e9;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
  private void take(long nanos) {
    var packet = mqtt.bytes();
    int at = mqtt.start();
    var topic = new Inbox.Range(at + 2, number(packet, at));
    at = topic.end();
    acks[count++] = 0x40;
    acks[count++] = 2;
    acks[count++] = packet[at];
    acks[count++] = packet[at + 1];
    at += 2;
    int properties = 0;
    int shift = 0;
    do {
      properties |= (packet[at] & 0x7F) << shift;
      shift += 7;
    } while (packet[at++] < 0);
    at += properties;
    int readings = inbox.take(packet, topic, new Inbox.Range(at, mqtt.end() - at), nanos);
    if (readings > 0) {
      bytes += readings;
      first = first == 0 ? nanos : first;
      last = nanos;
    }
  }

  private static int number(byte[] bytes, int at) {
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    mqtt.close();
  }
}
