package org.kerbside.drivers.api;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one device said in one message. Its sender is acknowledged once all of it is committed.
 *
 * @param device the address on the bus, as the site writes it behind the slash of {@code at}
 * @param problems records of the message that were refused, each told for people
 * @param receipt whom to tell
 * @param sending whether the transport says that it was sent before
 * @param key names this very message across restarts where something can (CoAP: what a pack of
 *     absolute times says, else peer, message id and token); absent where nothing does
 */
public record Delivery(
    String device,
    List<Sample> samples,
    List<String> problems,
    Receipt receipt,
    Sending sending,
    @Nullable String key) {

  /** What the transport says of a message. */
  public enum Sending {
    FIRST,
    /**
     * Sent again, as MQTT's DUP flag says: readings with a time of their own may be here already.
     */
    AGAIN
  }

  public Delivery {
    samples = List.copyOf(samples);
    problems = List.copyOf(problems);
  }

  public static Delivery of(String device, List<Sample> samples) {
    return new Delivery(device, samples, List.of(), Receipt.NONE, Sending.FIRST, null);
  }
}
