package org.kerbside.deploy.platform.receiver;

import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.random.RandomGenerator;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop: take what came, commit it, acknowledge it, tell gateways how far they are stored. What
 * is not committed is not acknowledged, and the broker sends it again. {@link #stop} may be called
 * from any thread.
 */
final class Receiver {

  private static final Logger LOG = LoggerFactory.getLogger(Receiver.class);

  /** So often in a row a gateway was asked for the same holes, and people should look. */
  private static final int PATIENCE = 3;

  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final Broker broker;
  private final Store store;
  private final Pace pace;
  private final InstantSource clock;
  private final RandomGenerator chance;
  private volatile boolean stopping;
  private long ticked; // the loop's alone, as all below
  private @Nullable String trouble;
  private long kept;

  Receiver(Broker broker, Store store, Pace pace, InstantSource clock, RandomGenerator chance) {
    this.broker = broker;
    this.store = store;
    this.pace = pace;
    this.clock = clock;
    this.chance = chance;
  }

  /** Runs until it is stopped, whatever becomes of the broker. */
  void run() throws SQLException, InterruptedException {
    while (!stopping) {
      try (var subscription = Subscription.open(broker)) {
        trouble = null;
        LOG.info("{}: connected as {}", broker.server(), broker.client());
        serve(subscription);
        told(String.valueOf(subscription.lost()));
      } catch (MqttException cause) {
        told(cause.toString());
      }
      if (!stopping) {
        Thread.sleep(100 + chance.nextLong(PAUSE.toMillis()));
      }
    }
  }

  void stop() {
    stopping = true;
  }

  /** Frames and states that were committed. */
  long kept() {
    return kept;
  }

  private void serve(Subscription subscription)
      throws MqttException, SQLException, InterruptedException {
    while (!stopping && subscription.lost() == null) {
      var messages = subscription.take(pace.tick());
      if (!messages.isEmpty()) {
        keep(messages);
        for (var message : messages) {
          subscription.acknowledge(message);
        }
      }
      tell(subscription);
    }
  }

  private void keep(List<Message> messages) throws SQLException {
    var frames = new ArrayList<Frame>(messages.size());
    var states = new HashMap<String, String>();
    var malformed = new ArrayList<String>();
    for (var message : messages) {
      try {
        if (message.leaf().equals("state")) {
          states.put(message.prefix(), FrameReader.acknowledgedBy(message));
        } else {
          frames.add(FrameReader.read(message));
        }
      } catch (MalformedException cause) {
        LOG.warn("{}: no frame: {}", message.topic(), cause.getMessage());
        malformed.add(message.topic());
      }
    }
    store.keep(frames, states, malformed, clock.millis());
    kept += messages.size();
  }

  private void tell(Subscription subscription) throws MqttException, SQLException {
    long now = clock.millis();
    if (Math.abs(now - ticked) < pace.tick().toMillis()) {
      return;
    }
    ticked = now;
    for (var due : store.due(pace, now)) {
      var watermark = due.watermark();
      subscription.tell(watermark.topic(), watermark.payload());
      if (due.asked() == PATIENCE) {
        LOG.warn(
            "{} {}: asked {} times for what is missing: {}",
            watermark.place().name(),
            watermark.place().stream(),
            PATIENCE,
            watermark.need());
      }
    }
  }

  /** A state is told when it changes: once an outage. */
  private void told(String why) {
    if (trouble == null && !stopping) {
      LOG.warn("{}: down: {}; goes on trying", broker.server(), why);
    }
    trouble = why;
  }
}
