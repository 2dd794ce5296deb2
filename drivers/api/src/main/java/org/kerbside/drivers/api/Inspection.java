package org.kerbside.drivers.api;

import java.util.List;

/**
 * A bus that people may look into while it runs: what they ask goes between the polls. From any
 * thread; each call takes four seconds at most.
 */
public interface Inspection {

  /**
   * What a device says now.
   *
   * @param talk the bytes that went over the line, in hex: {@code >} ours, {@code <} its own
   */
  record Look(List<String> talk, List<Sample> samples) {
    public Look {
      talk = List.copyOf(talk);
      samples = List.copyOf(samples);
    }
  }

  /** Whether somebody answers at an address. */
  sealed interface Presence {

    record Nobody() implements Presence {}

    /**
     * Somebody does.
     *
     * @param likely profiles that what it says would fit, the likeliest first; may be none
     */
    record Somebody(List<String> likely) implements Presence {
      public Somebody {
        likely = List.copyOf(likely);
      }
    }
  }

  /** Asks a device of the site. */
  Look look(String address) throws DeviceException, InterruptedException;

  /**
   * The addresses at which a device can be, as a site's file writes them, in the order of the bus;
   * none where no address says whether anybody is there. Waits for nothing.
   */
  List<String> addresses();

  /** Asks one of {@link #addresses}, of which the site may know nothing. */
  Presence presence(String address) throws DeviceException, InterruptedException;
}
