package org.kerbside.drivers.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can go wrong on the street. */
public enum Fault {
  /** Says the same for ever. */
  STUCK("stuck", ""),
  /** One wild value. */
  SPIKE("spike", ""),
  /** Says nothing. */
  SILENT("silent", ""),
  /** Does not light, draws standby. */
  LAMP_FAILURE("lamp-failure", "lamp"),
  /** Burns whatever is ordered. */
  DAY_BURNER("day-burner", "lamp"),
  /** Three zones' worth of water runs away behind the master, until it closes. */
  BURST_PIPE("burst-pipe", "master"),
  /** Fills in minutes. */
  BIN_OVERFLOW("bin-overflow", "bin"),
  /** Somebody sits behind a shut door and moves no more. */
  LONG_OCCUPANCY("long-occupancy", "stall"),
  /** The breaker behind a closed contactor has opened. */
  FEEDER_TRIP("feeder-trip", "feeder");

  private final String word;
  private final String kind;

  Fault(String word, String kind) {
    this.word = word;
    this.kind = kind;
  }

  /** As YAML and the command line write it: {@code lamp-failure}. */
  public String word() {
    return word;
  }

  /** Whether an asset of that kind can have it. */
  public boolean strikes(String other) {
    return kind.isEmpty() || kind.equals(other);
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
