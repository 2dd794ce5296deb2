package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Device;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Speech;

/**
 * Which devices say nothing at all any more, and which buses. A device is silent when a point of it
 * is due to be stale and nothing else was heard of it for as long, when {@link #POLLS} polls in a
 * row had no answer, or when its driver says so, because the line is gone. A bus is silent when two
 * of its devices at least are, and nobody else spoke on it where the last of them should have.
 * Belongs to control's thread.
 */
final class Silence {

  /** Polls without an answer, in a row, after which a device is silent. */
  static final int POLLS = 3;

  private static final int WITNESSES = 2; // one device alone may be broken itself

  private final Map<String, Map<String, Voice>> voices = new HashMap<>(); // bus → address → device
  private final Map<String, Voice> byName = new HashMap<>();
  private final Map<String, Group> groups = new HashMap<>(); // assets and buses
  private final @Nullable Voice[] byPoint;
  private final List<Voice> unanswered = new ArrayList<>(); // until State has told of them
  private final List<Speech> news = new ArrayList<>();

  /** An asset with its devices, or a bus with those on it. */
  private static final class Group {
    private final String id;
    private final List<Voice> voices = new ArrayList<>();
    private int silent;
    private Speech.@Nullable State told;
    private @Nullable Voice last; // that spoke on a bus
    private Duration heard = Duration.ZERO; // when it did, since boot; at first the start

    private Group(String id) {
      this.id = id;
    }
  }

  /** What is known of one device. */
  static final class Voice {
    private final String name; // bus/address
    private final Asset asset;
    private final Group whole;
    private final Group bus;
    private final BitSet points = new BitSet(); // that it told: an asset may have several devices

    // For as long as the process lives.
    private Speech.@Nullable State state; // absent: nobody knows yet
    private Duration heard = Duration.ZERO; // since boot; at first the start
    private int missed; // polls without an answer, in a row
    private Duration missing = Duration.ZERO; // since the first of them

    private Voice(String name, Asset asset, Group whole, Group bus) {
      this.name = name;
      this.asset = asset;
      this.whole = whole;
      this.bus = bus;
    }

    String name() {
      return name;
    }

    Asset asset() {
      return asset;
    }

    /** The points that go silent with it, by their index. */
    BitSet points() {
      return points;
    }
  }

  Silence(List<Device> devices) {
    int points = 0;
    for (var device : devices) {
      var name = device.bus() + "/" + device.address();
      var whole = groups.computeIfAbsent(device.asset().id(), Group::new);
      var bus = groups.computeIfAbsent(device.bus(), Group::new);
      var voice = new Voice(name, device.asset(), whole, bus);
      whole.voices.add(voice);
      byName.put(name, voice);
      voices.computeIfAbsent(device.bus(), key -> new HashMap<>()).put(device.address(), voice);
      for (var point : device.asset().points()) {
        points = Math.max(points, point.index() + 1);
      }
    }
    byPoint = new @Nullable Voice[points];
  }

  /** The device at an address; null when the site has none there. */
  @Nullable Voice at(String bus, String address) {
    return voices.getOrDefault(bus, Map.of()).get(address);
  }

  /**
   * Takes what a device said.
   *
   * @param from where its readings begin
   * @return false when it said nothing, and that is known: they are no news
   */
  boolean hears(Voice voice, List<Reading> readings, int from, Moment now) {
    if (isAll(Reason.TIME_OUT, readings, from)) {
      voice.missing = voice.missed == 0 ? now.sinceBoot() : voice.missing;
      voice.missed++;
      boolean mayBeChance = voice.missed < POLLS && voice.state != Speech.State.SILENT;
      return mayBeChance || falls(voice, voice.missing);
    }
    if (isAll(Reason.SILENT, readings, from)) {
      return falls(voice, null); // Its driver has lost the line.
    }
    for (int i = from; i < readings.size(); i++) {
      own(readings.get(i).point(), voice);
    }
    voice.missed = 0;
    voice.heard = now.sinceBoot();
    voice.bus.heard = voice.heard;
    speaks(voice);
    return true;
  }

  private static boolean isAll(Reason why, List<Reading> readings, int from) {
    for (int i = from; i < readings.size(); i++) {
      if (!(readings.get(i).quality() instanceof Quality.Bad(var reason) && reason.equals(why))) {
        return false;
      }
    }
    return readings.size() > from;
  }

  /** It is silent from now on, if it was not before. */
  private boolean falls(Voice voice, @Nullable Duration since) {
    if (voice.state != Speech.State.SILENT) {
      fall(voice, since);
      unanswered.add(voice);
    }
    return false;
  }

  private void own(Point point, Voice voice) {
    var before = byPoint[point.index()];
    if (before != voice) {
      if (before != null) {
        before.points.clear(point.index());
      }
      byPoint[point.index()] = voice;
      voice.points.set(point.index());
    }
  }

  private void speaks(Voice voice) {
    if (voice.state == Speech.State.SILENT) {
      voice.whole.silent--;
      voice.bus.silent--;
    }
    voice.bus.last = voice;
    if (voice.state != Speech.State.SPEAKS) {
      voice.state = Speech.State.SPEAKS;
      if (voice.whole.voices.stream().allMatch(Silence::isNotMissed)) {
        tell(voice.whole, Speech.State.SPEAKS);
      }
    }
    tell(voice.bus, Speech.State.SPEAKS);
  }

  /** After a restart a device that an earlier process heard must speak first. */
  private static boolean isNotMissed(Voice voice) {
    return voice.state == Speech.State.SPEAKS || voice.points.isEmpty();
  }

  /**
   * @param since when it should have spoken, since boot: who did on its bus shows that the bus
   *     carries; absent where its driver says so, and then who spoke last has to be silent too
   */
  private void fall(Voice voice, @Nullable Duration since) {
    voice.state = Speech.State.SILENT;
    voice.whole.silent++;
    voice.bus.silent++;
    tell(voice.whole, Speech.State.SILENT);
    if (voice.bus.silent >= WITNESSES && isQuiet(voice.bus, since)) {
      tell(voice.bus, Speech.State.SILENT);
    }
  }

  private static boolean isQuiet(Group bus, @Nullable Duration since) {
    return since == null
        ? bus.last == null || bus.last.state == Speech.State.SILENT
        : bus.heard.compareTo(since) <= 0;
  }

  private void tell(Group group, Speech.State state) {
    if (group.told != state) {
      group.told = state;
      news.add(new Speech(group.id, state));
    }
  }

  /**
   * A point is due to be stale.
   *
   * @param after how long nothing was said of it
   * @return its device, when that is silent from now on; null when it is not, or was before
   */
  @Nullable Voice falls(Point due, Duration after, Moment now) {
    var voice = of(due);
    if (voice == null
        || voice.state == Speech.State.SILENT
        || now.sinceBoot().minus(voice.heard).compareTo(after) < 0) {
      return null;
    }
    fall(voice, now.sinceBoot().minus(after.dividedBy(Seen.STALE_AFTER)));
    return voice;
  }

  /** Devices that fell silent because they do not answer, since the last call. */
  List<Voice> unanswered() {
    var fallen = List.copyOf(unanswered);
    unanswered.clear();
    return fallen;
  }

  /** What has changed since the last call. */
  List<Speech> news() {
    var told = List.copyOf(news);
    news.clear();
    return told;
  }

  boolean isSilent(Point point) {
    var voice = of(point);
    return voice != null && voice.state == Speech.State.SILENT;
  }

  /** Who tells of it; null where nobody did yet, or it is derived. */
  @Nullable Voice of(Point point) {
    return point.index() < byPoint.length ? byPoint[point.index()] : null;
  }

  /** An earlier process heard of a point by this device. */
  void learn(Point point, @Nullable String name) {
    var voice = name == null ? null : byName.get(name);
    if (voice != null && voice.asset.point(point.name()) != null) {
      own(point, voice);
    }
  }

  /** What an earlier process told of a point. */
  void replay(Reading reading) {
    var voice = of(reading.point());
    if (voice == null) {
      return;
    }
    if (!reading.isUnheard()) {
      speaks(voice);
    } else if (reading.quality().equals(new Quality.Bad(Reason.SILENT))
        && voice.state != Speech.State.SILENT) {
      fall(voice, null);
    }
  }

  /** Nothing is known of anybody from now on. */
  void resume(Moment now) {
    for (var voice : byName.values()) {
      voice.state = null;
      voice.heard = now.sinceBoot();
      voice.missed = 0;
    }
    for (var group : groups.values()) {
      group.silent = 0;
      group.told = null;
      group.last = null;
      group.heard = now.sinceBoot();
    }
    unanswered.clear();
    news.clear();
  }
}
