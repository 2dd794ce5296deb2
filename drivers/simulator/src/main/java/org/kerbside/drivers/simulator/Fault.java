package org.kerbside.drivers.simulator;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can go wrong on the street. */
public enum Fault {
  /** Says the same for ever. */
  STUCK("stuck"),
  /** One wild value. */
  SPIKE("spike"),
  /** Says nothing. */
  SILENT("silent"),
  /** Its first number creeps up by a hundredth a day. */
  DRIFT("drift"),
  /** The sum of its first number is wrong; its neighbours are not. */
  BAD_BYTES("bad-bytes"),
  /** Its own clock is an hour ahead. */
  CLOCK_AHEAD("clock-ahead"),
  /** Its own clock is thirty days behind. */
  CLOCK_BEHIND("clock-behind"),
  /** The meter counts from 0 again. */
  METER_RESET("meter-reset", "lamp", "feeder", "master", "zone"),
  /** Another meter stands in its place, with a dial of its own. */
  METER_SWAP("meter-swap", "lamp", "feeder", "master", "zone"),

  /** Something hangs in front of the sensor. */
  BLIND_ZONE("blind-zone", "bin"),
  /** Water on the membrane, at dawn: the air is as wet as it can be. */
  DEW("dew", "bin"),
  /** Fills in minutes. */
  BIN_OVERFLOW("bin-overflow", "bin"),
  /** Burns: to 90 degrees Celsius. */
  BIN_FIRE("bin-fire", "bin"),
  /** Lies on its side. */
  MOVED("moved", "bin"),
  /** Somebody empties it between times. */
  EMPTIED("emptied", "bin"),
  /** Its lid stands open. */
  LID_OPEN("lid-open", "bin"),

  /** Does not light, draws standby. */
  LAMP_FAILURE("lamp-failure", "lamp"),
  /** Burns whatever is ordered. */
  DAY_BURNER("day-burner", "lamp"),
  /** Five minutes on, two off: too hot. */
  CYCLING("cycling", "lamp"),
  /** The breaker behind a closed contactor has opened. */
  FEEDER_TRIP("feeder-trip", "feeder"),
  /** The second of three phases is gone. */
  PHASE_LOST("phase-lost", "feeder"),
  /** Current goes to earth. */
  LEAKAGE("leakage", "feeder"),

  /** Three zones' worth of water runs away behind the master, until it closes. */
  BURST_PIPE("burst-pipe", "master"),
  /** A third of a litre a minute runs away all day; a flush that does not end. */
  LEAK("leak", "master", "toilet"),
  /** Stays where it is, whatever is ordered. */
  VALVE_STUCK("valve-stuck", "zone", "master"),

  /** Somebody sits behind a shut door and moves no more. */
  LONG_OCCUPANCY("long-occupancy", "stall"),
  /** Somebody has pulled the cord. */
  SOS("sos", "stall", "toilet"),
  /** The door's reed makes and breaks. */
  FLAPPING("flapping", "stall"),
  /** Nobody has cleaned. */
  ODOUR("odour", "air"),

  /** The whole street at -35 degrees Celsius: batteries sag, radios are late, soil reads dry. */
  FREEZING_NIGHT("freezing-night", "weather", "master", "cabinet"),
  /** The whole street in dust: noon is dark. */
  DUST_STORM("dust-storm", "weather", "dust", "cabinet"),
  /** The whole street without mains. */
  POWER_CUT("power-cut", "cabinet", "feeder"),
  /** The cabinet's door stands open. */
  DOOR_OPEN("door-open", "cabinet", "feeder");

  /** Those that strike the whole street, whichever asset has them. */
  static final Set<Fault> EVERYWHERE = Set.of(FREEZING_NIGHT, DUST_STORM, POWER_CUT, DEW);

  /** Those of a device's line and clock, and not of what it measures. */
  public static final Set<Fault> OF_THE_WIRE = Set.of(SILENT, BAD_BYTES, CLOCK_AHEAD, CLOCK_BEHIND);

  /** How wrong a device's clock is, by {@link #CLOCK_AHEAD}. */
  public static final Duration AHEAD = Duration.ofHours(1);

  /** By {@link #CLOCK_BEHIND}. */
  public static final Duration BEHIND = Duration.ofDays(30);

  private final String word;
  private final String kinds; // a space before and behind each; none for all

  Fault(String word, String... kinds) {
    this.word = word;
    this.kinds = kinds.length == 0 ? "" : " " + String.join(" ", kinds) + " ";
  }

  /** As YAML and the command line write it: {@code lamp-failure}. */
  public String word() {
    return word;
  }

  /** Whether an asset of that kind can have it. */
  public boolean strikes(String kind) {
    return kinds.isEmpty() || kinds.contains(" " + kind + " ");
  }

  /** Those that an asset of that kind can have, by their words. */
  public static List<String> words(String kind) {
    return List.of(values()).stream().filter(f -> f.strikes(kind)).map(Fault::word).toList();
  }

  static @Nullable Fault of(String word) {
    for (var fault : values()) {
      if (fault.word.equals(word)) {
        return fault;
      }
    }
    return null;
  }

  static List<String> words() {
    return List.of(values()).stream().map(Fault::word).toList();
  }
}
