package org.kerbside.gateway.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * What a seed makes of the site and of the broker.
 *
 * @param settings over what the site says
 * @param quota of the journal, in bytes
 * @param receives how many unacknowledged messages the broker takes
 * @param largest packet that it takes, in bytes
 * @param latency of the link, one way
 * @param repeats the share of messages that reach the city twice
 * @param planted a fault of the gateway's own
 */
record Scenario(
    long seed,
    List<String> settings,
    long quota,
    Release release,
    int receives,
    long largest,
    Duration latency,
    double repeats,
    Planted planted) {

  /** Whose word frees a frame. */
  enum Release {
    BROKER,
    PLATFORM
  }

  static Scenario of(long seed) {
    var chance = new Random(seed);
    var release = chance.nextInt(3) == 0 ? Release.PLATFORM : Release.BROKER;
    var settings = new ArrayList<String>();
    settings.add("uplink.ack=" + (release == Release.PLATFORM ? "platform" : "broker"));
    settings.add("uplink.compress=" + (chance.nextInt(3) == 0 ? "200B" : "none"));
    settings.add("journal.flash=" + one(chance, "none", "100MB/day", "10MB/day"));
    return new Scenario(
        seed,
        settings,
        Long.parseLong(one(chance, "512000000", "64000000", "120000")),
        release,
        Integer.parseInt(one(chance, "20", "1000", "3")),
        Long.parseLong(one(chance, "1000000", "1000000", "2500")),
        Duration.ofMillis(1 + chance.nextInt(200)),
        one(chance, "0", "0.05").equals("0") ? 0 : 0.05,
        Planted.NONE);
  }

  Scenario with(Planted fault) {
    return new Scenario(seed, settings, quota, release, receives, largest, latency, repeats, fault);
  }

  private static String one(Random chance, String... of) {
    return of[chance.nextInt(of.length)];
  }
}
