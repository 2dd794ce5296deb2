package org.kerbside.drivers.lorawan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.MessageBus;
import org.kerbside.drivers.api.MessageBus.Message;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.lorawan.Event.Dating;
import org.kerbside.drivers.lorawan.Said.Heard;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/**
 * What becomes of ChirpStack's events: deliveries, reports, and what a device is told in answer.
 * What yields nothing is acknowledged all the same, or the broker would send it for ever.
 */
final class Events implements MessageBus.Listener {

  /** Single losses are what radio is like; so many in a row are told. */
  static final int LOST = 3;

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

  Events(
      Map<String, Station> stations,
      Inlet inlet,
      Clock clock,
      Function<Station, Downlinks.Door> doors) {
    this.stations = stations;
    this.inlet = inlet;
    this.clock = clock;
    this.doors = doors;
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
        "it is in ChirpStack's application %s and no asset's; add it as at: BUS/%s with a profile, or let us hear one application only"
            .formatted(topic.application(), topic.eui()));
  }

  private void take(Station station, EventTopic topic, Message message, Receipt sender)
      throws InterruptedException {
    try {
      switch (EventReader.read(topic, message.payload())) {
        case null -> sender.kept();
        case Event.Up up -> up(station, up, message, sender);
        case Event.Status status -> status(station, status, message, sender);
        case Event.Joined() -> {
          station.counter.restart();
          station.downlinks.restart();
          sender.kept();
        }
        case Event.Transmitted transmitted -> sender.kept(); // on the air is not yet heard
        case Event.Answered(var order, var hearing) -> {
          tell(
              station,
              station.downlinks.answered(
                  order, hearing, clock.now().sinceBoot(), doors.apply(station)));
          sender.kept();
        }
        case Event.Complaint complaint -> {
          complain(station, complaint);
          sender.kept();
        }
      }
    } catch (BadTelegram told) {
      inlet.report("malformed", station.eui, "%s: %s".formatted(topic.type(), told.getMessage()));
      sender.kept();
    }
  }

  private void complain(Station station, Event.Complaint complaint) {
    String what = COMPLAINTS.get(complaint.code());
    if (what != null) {
      inlet.report(what, station.eui, complaint.description());
    } else if (UNSENT.contains(complaint.code())) {
      tell(station, station.downlinks.refused(complaint.description()));
    }
  }

  private void tell(Station station, List<String> problems) {
    problems.forEach(problem -> inlet.report("downlink", station.eui, problem));
  }

  private void up(Station station, Event.Up up, Message message, Receipt sender)
      throws InterruptedException {
    var at = up.time() == null ? clock.now().wall() : up.time();
    if (station.counter.isRepeat(up, at)) {
      sender.kept();
      return;
    }
    if (station.flood.isOver(at)) {
      inlet.report("flood", station.eui, "it says more than the air has room for; not taken");
      sender.kept();
      return;
    }
    if (message.age() == MessageBus.Age.LIVE) {
      // First of all: the server waits a tenth of a second for an answer, the device a second.
      tell(station, station.downlinks.uplink(clock.now().sinceBoot(), doors.apply(station)));
    }
    long lost = station.counter.hear(up.count());
    if (lost >= LOST) {
      inlet.report("uplinks-lost", station.eui, "%d before number %d".formatted(lost, up.count()));
    }
    deliver(station, read(station, up), up.id(), message, new Sender(sender, station, up, at));
  }

  /** Whom to tell, and what to remember then. */
  private record Sender(Receipt receipt, Station station, Event.@Nullable Up up, Instant at) {
    void kept() {
      if (up != null) {
        station.counter.keep(up, at);
      }
    }
  }

  private Said read(Station station, Event.Up up) {
    var heard = new ArrayList<Heard>();
    var problems = new ArrayList<String>();
    try {
      if (up.telegram().length() > 0) {
        var said = station.profile.decode(up.port(), up.telegram().bytes(), up.time());
        heard.addAll(said.heard());
        problems.addAll(said.problems());
      }
    } catch (BadTelegram told) {
      inlet.report("malformed", station.eui, told.getMessage());
    }
    radio("rssi", up.rssi(), Unit.DBM, up.time(), heard);
    radio("snr", up.snr(), Unit.DECIBEL, up.time(), heard);
    return new Said(heard.stream().map(one -> dated(one, up.dating())).toList(), problems);
  }

  private static void radio(
      String quantity, double number, Unit unit, @Nullable Instant at, List<Heard> heard) {
    if (!Double.isNaN(number)) {
      heard.add(new Heard(Said.DEVICE, Sample.of(quantity, number, unit).at(at)));
    }
  }

  /** A time that is none spoils the time, not the value. */
  private static Heard dated(Heard heard, Dating dating) {
    var sample = heard.sample();
    return dating == Dating.WRONG && sample.at() == null && sample.value() != null
        ? new Heard(heard.channel(), sample.doubted(Reason.SOURCE_TIME))
        : heard;
  }

  private void status(Station station, Event.Status status, Message message, Receipt sender)
      throws InterruptedException {
    var heard = new ArrayList<Heard>();
    if (!station.profile.measures("battery")) { // else it would jump between two opinions
      radio("battery", status.battery(), Unit.CHARGE, status.time(), heard);
    }
    deliver(
        station,
        new Said(heard, List.of()),
        status.id(),
        message,
        new Sender(sender, station, null, Instant.EPOCH));
  }

  private void deliver(
      Station station, Said said, @Nullable String id, Message message, Sender sender)
      throws InterruptedException {
    var deliveries = new ArrayList<Binding>();
    var samples = new ArrayList<List<Sample>>();
    for (var binding : station.bindings) {
      var mine = news(binding.mine(said.heard()), message);
      if (!mine.isEmpty()) {
        deliveries.add(binding);
        samples.add(mine);
      }
    }
    if (deliveries.isEmpty()) {
      said.problems().forEach(problem -> inlet.report("malformed", station.eui, problem));
      sender.kept();
      sender.receipt().kept();
      return;
    }
    var receipt = new Together(deliveries.size(), sender.receipt(), sender::kept);
    for (int i = 0; i < deliveries.size(); i++) {
      String address = deliveries.get(i).address();
      inlet.put(
          new Delivery(
              address,
              samples.get(i),
              i == 0 ? said.problems() : List.of(),
              receipt,
              message.sending(),
              id == null ? null : address + "#" + id));
    }
  }

  /** What a broker keeps for whoever comes says nothing without a time. */
  private static List<Sample> news(List<Sample> samples, Message message) {
    return message.age() == MessageBus.Age.LIVE
        ? samples
        : samples.stream().filter(sample -> sample.at() != null).toList();
  }
}
