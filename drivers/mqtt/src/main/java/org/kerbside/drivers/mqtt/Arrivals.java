package org.kerbside.drivers.mqtt;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.Delivery.Sending;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.MessageBus;
import org.kerbside.drivers.api.MessageBus.Message;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.api.Senml;
import org.kerbside.drivers.api.Senml.Form;
import org.kerbside.drivers.api.SenmlPack.Said;
import org.kerbside.drivers.picks.JsonReader;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Reason;

/**
 * What becomes of a message: a delivery, or a report. What yields nothing is acknowledged all the
 * same, or the broker would send it for ever.
 */
final class Arrivals implements MessageBus.Listener {

  private final Topics topics;
  private final Inlet inlet;
  private final InstantSource receipt;

  Arrivals(Topics topics, Inlet inlet, InstantSource receipt) {
    this.topics = topics;
    this.inlet = inlet;
    this.receipt = receipt;
  }

  @Override
  public void take(Message arrival, Receipt sender) throws InterruptedException {
    var owner = topics.owner(arrival.topic());
    if (owner == null) {
      inlet.report(
          "unknown-device", arrival.topic(), "the topic is no device's or point's of this site");
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
          "malformed", owner.device(), "%s: %s".formatted(arrival.topic(), told.getMessage()));
      sender.kept();
    }
  }

  private @Nullable Delivery delivery(Topics.Owner owner, Message arrival, Receipt sender)
      throws BadTelegram {
    if (arrival.payload().length > Senml.MOST_BYTES) {
      throw new BadTelegram(
          "the message is too large: got %d bytes, expected at most %d"
              .formatted(arrival.payload().length, Senml.MOST_BYTES));
    }
    return switch (owner) {
      case Topics.Owner.Values(var device, var aim) ->
          delivery(device, JsonReader.read(arrival.payload(), aim), arrival, sender);
      case Topics.Owner.Bare(var device, var pick, var point) ->
          delivery(device, Bare.read(arrival.payload(), pick, point), arrival, sender);
      case Topics.Owner.Here(var device, var presence, var points) ->
          gone(device, presence, points, arrival, sender);
      case Topics.Owner.Packs(var device, var assets) -> {
        var said = Senml.decode(form(arrival.payload()), arrival.payload(), now());
        var ours = said.of(device, assets);
        if (ours.samples().isEmpty()) {
          throw new BadTelegram(
              ours.problems().isEmpty()
                  ? "senml: no record has a value"
                  : String.join("; ", ours.problems()));
        }
        yield delivery(device, ours, arrival, sender);
      }
    };
  }

  /**
   * The broker tells a device's last will: of none of its points is anything known any more. One
   * that is back says so by its values. A retained will is as good as a live one: it stands as long
   * as nothing else does.
   */
  private static @Nullable Delivery gone(
      String device, Presence presence, List<Point> points, Message arrival, Receipt sender)
      throws BadTelegram {
    return switch (presence.of(arrival.payload())) {
      case HERE -> null;
      case GONE ->
          new Delivery(
              device,
              points.stream().map(point -> Sample.bad(point.name(), Reason.SILENT)).toList(),
              List.of(),
              sender,
              arrival.sending(),
              null);
      case OTHER ->
          throw new BadTelegram(
              "neither '%s' nor '%s'".formatted(presence.gone(), presence.here()));
    };
  }

  /** MQTT names no format; CBOR's arrays begin with a byte from 0x80 on, no JSON text does. */
  private static Form form(byte[] payload) {
    return payload.length > 0 && payload[0] < 0 ? Form.CBOR : Form.JSON;
  }

  private Instant now() {
    return receipt.instant();
  }

  /**
   * What the broker kept may be of any age, and may have been here before: it counts by its own
   * time or not at all.
   */
  private @Nullable Delivery delivery(String device, Said said, Message arrival, Receipt sender) {
    if (arrival.age() == MessageBus.Age.LIVE) {
      return new Delivery(device, said.samples(), said.problems(), sender, arrival.sending(), null);
    }
    var timed = said.samples().stream().filter(sample -> sample.at() != null).toList();
    if (timed.isEmpty()) {
      inlet.report(
          "retained", device, arrival.topic() + ": a retained message without a time says nothing");
      return null;
    }
    return new Delivery(device, timed, said.problems(), sender, Sending.AGAIN, null);
  }
}
