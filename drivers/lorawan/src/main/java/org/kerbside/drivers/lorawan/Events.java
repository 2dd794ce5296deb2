package org.kerbside.drivers.lorawan;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.MessageBus;
import org.kerbside.drivers.api.MessageBus.Message;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.gateway.model.Clock;

/**
 * What becomes of ChirpStack's events: samples, reports, and what a device is told in answer. What
 * yields nothing is acknowledged all the same, or the broker would send it for ever. Belongs to the
 * bus's thread.
 */
final class Events implements MessageBus.Listener {

  /** Complaints of the server's that say that somebody should look, and what they are told as. */
  private static final Map<String, String> COMPLAINTS =
      Map.of(
          "UPLINK_F_CNT_RESET", "counter-reset",
          "UPLINK_MIC", "wrong-key",
          "OTAA", "join-refused");

  private static final Set<String> UNSENT =
      Set.of("DOWNLINK_PAYLOAD_SIZE", "DOWNLINK_GATEWAY", "F_CNT_DOWN", "EXPIRED");

  private final Map<String, Station> stations; // by EUI
  private final Inlet inlet;
  private final Clock clock;
  private final Function<Station, Downlinks.Door> doors;
  private final Uplinks uplinks;

  Events(
      Map<String, Station> stations,
      Inlet inlet,
      Clock clock,
      Function<Station, Downlinks.Door> doors) {
    this.stations = stations;
    this.inlet = inlet;
    this.clock = clock;
    this.doors = doors;
    this.uplinks = new Uplinks(inlet, clock);
  }

  @Override
  public void take(Message message, Receipt sender) throws InterruptedException {
    var topic = EventTopic.of(message.topic());
    var station = topic == null ? null : stations.get(topic.eui());
    if (topic == null) {
      inlet.report("unknown-device", message.topic(), "the topic is no event of ChirpStack v4");
      sender.kept();
    } else if (station == null) {
      unknown(topic);
      sender.kept();
    } else {
      station.isOf(topic.application());
      take(station, topic, message, sender);
    }
  }

  private void unknown(EventTopic topic) {
    inlet.report(
        "unknown-device",
        topic.eui(),
        ("it is in ChirpStack's application %s and no asset's; give an asset at: BUS/%s and the"
                + " device's profile, or the bus the application that is ours")
            .formatted(topic.application(), topic.eui()));
  }

  private void take(Station station, EventTopic topic, Message message, Receipt sender)
      throws InterruptedException {
    try {
      switch (EventReader.read(topic, message.payload())) {
        case null -> sender.kept();
        case Event.Up up -> {
          if (uplinks.isNews(station, up, sender)) {
            answer(station, message);
            uplinks.take(station, up, message, sender);
          }
        }
        case Event.Status status -> uplinks.take(station, status, message, sender);
        case Event.Joined joined -> joined(station, sender);
        case Event.Answered answered -> answered(station, answered, sender);
        case Event.Complaint complaint -> complain(station, complaint, sender);
      }
    } catch (BadTelegram told) {
      inlet.report("malformed", station.eui, "%s: %s".formatted(topic.type(), told.getMessage()));
      sender.kept();
    }
  }

  /** First of all: the server waits a tenth of a second for an answer, the device a second. */
  private void answer(Station station, Message message) {
    if (message.age() == MessageBus.Age.LIVE) {
      var now = clock.now().sinceBoot();
      tell(station, station.downlinks.uplink(now, doors.apply(station)));
    }
  }

  private static void joined(Station station, Receipt sender) {
    station.counter.restart();
    station.downlinks.restart();
    sender.kept();
  }

  private void answered(Station station, Event.Answered answered, Receipt sender) {
    var now = clock.now().sinceBoot();
    var door = doors.apply(station);
    tell(station, station.downlinks.answered(answered.order(), answered.hearing(), now, door));
    sender.kept();
  }

  private void complain(Station station, Event.Complaint complaint, Receipt sender) {
    String what = COMPLAINTS.get(complaint.code());
    if (what != null) {
      inlet.report(what, station.eui, complaint.description());
    } else if (UNSENT.contains(complaint.code())) {
      tell(station, station.downlinks.refused(complaint.description()));
    }
    sender.kept();
  }

  private void tell(Station station, List<String> problems) {
    problems.forEach(problem -> inlet.report("downlink", station.eui, problem));
  }
}
