package org.kerbside.drivers.mqtt;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Delivery.Sending;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.api.Senml;
import org.kerbside.drivers.api.Senml.Form;

/**
 * What becomes of a message: a delivery, or a report. What yields nothing is acknowledged all the
 * same, or the broker would send it for ever.
 */
final class Arrivals {

  private final Topics topics;
  private final Inlet inlet;
  private final InstantSource receipt;

  Arrivals(Topics topics, Inlet inlet, InstantSource receipt) {
    this.topics = topics;
    this.inlet = inlet;
    this.receipt = receipt;
  }

  /** A message as the broker sent it. */
  static final class Arrival {

    final String topic;
    final byte[] payload;
    final Sending sending;
    final Age age;

    Arrival(String topic, byte[] payload, Sending sending, Age age) {
      this.topic = topic;
      this.payload = payload;
      this.sending = sending;
      this.age = age;
    }
  }

  /** Whether a message is news. */
  enum Age {
    LIVE,
    /** Kept by the broker for whoever subscribes: it may be of any age. */
    RETAINED
  }

  void take(Arrival arrival, Receipt sender) throws InterruptedException {
    var owner = topics.owner(arrival.topic);
    if (owner == null) {
      inlet.report(
          "unknown-device", arrival.topic, "the topic is no device's or point's of this site");
      sender.kept();
      return;
    }
    try {
      var delivery = delivery(owner, arrival, sender);
      if (delivery == null) {
        sender.kept();
      } else {
        inlet.put(delivery);
      }
    } catch (BadTelegram told) {
      inlet.report(
          "malformed", owner.device(), "%s: %s".formatted(arrival.topic, told.getMessage()));
      sender.kept();
    }
  }

  private @Nullable Delivery delivery(Topics.Owner owner, Arrival arrival, Receipt sender)
      throws BadTelegram {
    if (arrival.payload.length > Senml.MOST_BYTES) {
      throw new BadTelegram(
          "the message is too large: got %d bytes, expected at most %d"
              .formatted(arrival.payload.length, Senml.MOST_BYTES));
    }
    return switch (owner) {
      case Topics.Owner.Single(var device, var point, var layout) -> {
        var sample = JsonValue.read(arrival.payload, layout, point);
        yield delivery(device, List.of(sample), List.of(), arrival, sender);
      }
      case Topics.Owner.Packs(var device, var assets) -> {
        var said = Senml.decode(form(arrival.payload), arrival.payload, now());
        var ours = said.of(device, assets);
        if (ours.samples().isEmpty()) {
          throw new BadTelegram(
              ours.problems().isEmpty()
                  ? "senml: no record has a value"
                  : String.join("; ", ours.problems()));
        }
        yield delivery(device, ours.samples(), ours.problems(), arrival, sender);
      }
    };
  }

  /** MQTT names no format; CBOR's arrays begin with a byte from 0x80 on, no JSON text does. */
  private static Form form(byte[] payload) {
    return payload.length > 0 && payload[0] < 0 ? Form.CBOR : Form.JSON;
  }

  private Instant now() {
    return receipt.instant();
  }

  private @Nullable Delivery delivery(
      String device, List<Sample> samples, List<String> problems, Arrival arrival, Receipt sender) {
    var kept =
        switch (arrival.age) {
          case LIVE -> samples;
          case RETAINED -> samples.stream().filter(sample -> sample.at() != null).toList();
        };
    if (kept.isEmpty()) {
      inlet.report(
          "retained", device, arrival.topic + ": a retained message without a time says nothing");
      return null;
    }
    return new Delivery(device, kept, problems, sender, arrival.sending, null);
  }
}
