package org.kerbside.drivers.api;

import java.util.List;
import org.kerbside.drivers.api.DeviceException.Unavailable;

/**
 * A broker as a driver sees it: what is subscribed comes in and is acknowledged by hand, what is
 * published goes out. It heals itself: a broker that is away is no exception. Thread-safe.
 */
public interface MessageBus extends AutoCloseable {

  /** Who is handed what comes. */
  @FunctionalInterface
  interface Listener {

    /**
     * Takes one message, on the bus's own thread and in the broker's order. May wait: then the
     * broker waits with it.
     *
     * @param sender told once what became of the message; one that is not kept comes again
     */
    void take(Message message, Receipt sender) throws InterruptedException;
  }

  /**
   * Connects, resumes the session and subscribes, now and whenever the connection was lost. Waits a
   * moment for the first subscription: what is published before it is nobody's.
   */
  void open(List<String> filters, Listener listener);

  /**
   * Hands a message over, to be delivered at least once; returns at once. That the broker took it
   * is not told: whoever must know waits for an answer.
   */
  void publish(String topic, byte[] payload) throws Unavailable;

  /** Ends it within two seconds; what is unacknowledged comes again. Idempotent. */
  @Override
  void close();

  /** A message as the broker sent it. Whoever holds it may read its bytes and not change them. */
  final class Message {

    private final String topic;
    private final byte[] payload;
    private final Delivery.Sending sending;
    private final Age age;

    public Message(String topic, byte[] payload, Delivery.Sending sending, Age age) {
      this.topic = topic;
      this.payload = payload;
      this.sending = sending;
      this.age = age;
    }

    public String topic() {
      return topic;
    }

    public byte[] payload() {
      return payload;
    }

    public Delivery.Sending sending() {
      return sending;
    }

    public Age age() {
      return age;
    }
  }

  /** Whether a message is news. */
  enum Age {
    LIVE,
    /** Kept by the broker for whoever subscribes: it may be of any age. */
    RETAINED
  }
}
