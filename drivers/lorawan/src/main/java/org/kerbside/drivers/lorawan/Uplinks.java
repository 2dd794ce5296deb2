package org.kerbside.drivers.lorawan;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException.BadTelegram;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.MessageBus.Age;
import org.kerbside.drivers.api.MessageBus.Message;
import org.kerbside.drivers.api.Receipt;
import org.kerbside.drivers.api.Sample;
import org.kerbside.drivers.lorawan.Event.Dating;
import org.kerbside.drivers.lorawan.Said.Heard;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Unit;

/**
 * What devices say → deliveries, one for each asset that a device speaks for. Belongs to the bus's
 * thread.
 */
final class Uplinks {

  /** Single losses are what radio is like; so many in a row are told. */
  static final int LOST = 3;

  private final Inlet inlet;
  private final Clock clock;

  Uplinks(Inlet inlet, Clock clock) {
    this.inlet = inlet;
    this.clock = clock;
  }

  /** Whether anything is to be made of it; else its sender is told so. */
  boolean isNews(Station station, Event.Up up, Receipt sender) {
    var at = at(up);
    boolean isRepeat = station.counter.isRepeat(up, at);
    boolean isFlood = !isRepeat && station.flood.isOver(at);
    if (isFlood) {
      inlet.report("flood", station.eui, "it says more than the air has room for; not taken");
    }
    if (isRepeat || isFlood) {
      sender.kept();
    }
    return !isRepeat && !isFlood;
  }

  private Instant at(Event.Up up) {
    return up.time() == null ? clock.now().wall() : up.time();
  }

  void take(Station station, Event.Up up, Message message, Receipt sender)
      throws InterruptedException {
    long lost = station.counter.hear(up.count());
    if (lost >= LOST) {
      inlet.report("uplinks-lost", station.eui, "%d before number %d".formatted(lost, up.count()));
    }
    var at = at(up);
    Runnable whenKept = () -> station.counter.keep(up, at);
    deliver(station, read(station, up), up.id(), message, whenKept, sender);
  }

  void take(Station station, Event.Status status, Message message, Receipt sender)
      throws InterruptedException {
    var heard = new ArrayList<Heard>();
    if (!station.profile.measures("battery")) { // else it would jump between two opinions
      number("battery", status.battery(), Unit.CHARGE, status.time(), heard);
    }
    deliver(station, new Said(heard, List.of()), status.id(), message, () -> {}, sender);
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
    number("rssi", up.rssi(), Unit.DBM, up.time(), heard);
    number("snr", up.snr(), Unit.DECIBEL, up.time(), heard);
    return new Said(heard.stream().map(one -> dated(one, up.dating())).toList(), problems);
  }

  private static void number(
      String quantity, double number, Unit unit, @Nullable Instant at, List<Heard> heard) {
    if (Double.isFinite(number)) {
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

  private void deliver(
      Station station,
      Said said,
      @Nullable String id,
      Message message,
      Runnable whenKept,
      Receipt sender)
      throws InterruptedException {
    var byAddress = new LinkedHashMap<String, List<Sample>>();
    for (var binding : station.bindings) {
      var mine = news(binding.mine(said.heard()), message);
      if (!mine.isEmpty()) {
        byAddress.put(binding.address(), mine);
      }
    }
    if (byAddress.isEmpty()) {
      said.problems().forEach(problem -> inlet.report("malformed", station.eui, problem));
      whenKept.run();
      sender.kept();
      return;
    }
    var receipt = new Together(byAddress.size(), sender, whenKept);
    var problems = said.problems(); // told once, whoever is first
    for (var entry : byAddress.entrySet()) {
      String key = id == null ? null : entry.getKey() + "#" + id;
      inlet.put(
          new Delivery(
              entry.getKey(), entry.getValue(), problems, receipt, message.sending(), key));
      problems = List.of();
    }
  }

  /** What a broker keeps for whoever comes says nothing without a time. */
  private static List<Sample> news(List<Sample> samples, Message message) {
    return message.age() == Age.LIVE
        ? samples
        : samples.stream().filter(sample -> sample.at() != null).toList();
  }
}
