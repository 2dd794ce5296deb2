package org.kerbside.drivers.mqtt;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Backoff;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.MessageBus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A field broker by MQTT 5. Our session stays there for 7 days while we are away, and a message is
 * acknowledged once it is committed. One thread supervises; Paho has its own.
 */
public final class FieldBroker implements MessageBus {

  private static final Logger LOG = LoggerFactory.getLogger(FieldBroker.class);
  private static final long CLOSE_MILLIS = 500;
  private static final long FIRST_MILLIS = 2_000;

  // A connection that lives shorter is no reason to hurry: two clients with one id take turns.
  private static final Duration STABLE = Duration.ofSeconds(30);

  private final MqttBus bus;
  private final String clientId;
  private final Duration answer;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CountDownLatch subscribed = new CountDownLatch(1); // once in this object's life

  // Written by the supervisor, closed by whoever closes us.
  private volatile @Nullable Connection connection;
  private @Nullable Thread supervisor;

  /**
   * Opens nothing yet.
   *
   * @param clientId the same at every start: the broker keeps the session under it
   */
  public FieldBroker(MqttBus bus, String clientId) {
    this(bus, clientId, Connection.ANSWER);
  }

  FieldBroker(MqttBus bus, String clientId, Duration answer) {
    this.bus = bus;
    this.clientId = clientId;
    this.answer = answer;
  }

  /** A broker that is away holds nothing up for longer than a moment. */
  @Override
  public synchronized void open(List<String> filters, Listener listener) {
    supervisor =
        Thread.ofPlatform()
            .name("mqtt-" + bus.name())
            .daemon()
            .start(() -> superviseUntilClosed(filters, listener));
    try {
      subscribed.await(FIRST_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void publish(String topic, byte[] payload) throws Unavailable {
    var open = connection;
    if (open == null || !isOpen()) {
      throw new Unavailable("bus %s: %s is not connected".formatted(bus.name(), bus.place()));
    }
    open.publish(topic, payload);
  }

  @Override
  public synchronized void close() {
    closing.countDown();
    var open = connection;
    if (open != null) {
      open.close();
    }
    if (supervisor != null) {
      supervisor.interrupt();
      awaitSupervisor(supervisor);
      supervisor = null;
    }
  }

  private static void awaitSupervisor(Thread supervisor) {
    try {
      supervisor.join(CLOSE_MILLIS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void superviseUntilClosed(List<String> filters, Listener listener) {
    var backoff = new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    String told = "";
    try {
      while (isOpen()) {
        String problem = connectOnce(filters, listener, backoff);
        if (isOpen() && !problem.equals(told)) {
          LOG.warn("bus {}: {}: {}; trying again", bus.name(), bus.place(), problem);
          told = problem;
        }
        pause(backoff);
      }
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  /** One connection from its opening to its end, which is told. */
  private String connectOnce(List<String> filters, Listener listener, Backoff backoff)
      throws InterruptedException {
    Connection opened = null;
    try {
      opened = new Connection(bus, clientId, listener, answer);
      connection = opened;
      if (!isOpen()) {
        return "closed";
      }
      opened.open(filters);
      subscribed.countDown();
      LOG.info("bus {}: {} is connected", bus.name(), bus.place());
      long since = System.nanoTime();
      var end = opened.awaitEnd();
      if (System.nanoTime() - since > STABLE.toNanos()) {
        backoff.reset();
      }
      return switch (end) {
        case Connection.End.Closed closed -> "closed";
        case Connection.End.Lost(var reason) -> reason;
        // The line is well, and stays open while we wait: else the broker would send at once again.
        case Connection.End.Refused(var reason) -> {
          pause(backoff);
          yield "a message was not kept: " + reason;
        }
      };
    } catch (MqttException | IOException told) {
      return Reasons.of(told);
    } finally {
      if (opened != null) {
        opened.close();
      }
    }
  }

  private void pause(Backoff backoff) throws InterruptedException {
    closing.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
  }

  private boolean isOpen() {
    return closing.getCount() > 0;
  }
}
