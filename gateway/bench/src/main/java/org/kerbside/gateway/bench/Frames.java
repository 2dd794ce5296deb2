package org.kerbside.gateway.bench;

import java.util.BitSet;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads frames of readings as they come and tells the street what arrived, repeats of a frame left
 * out. One thread.
 */
final class Frames implements Inbox {

  private static final JsonFactory JSON = new JsonFactory();

  private final Street street;
  private final Latencies latencies;
  private final int lowest;
  private final BitSet seen = new BitSet();

  /**
   * @param lowest point of an asset that counts: what others say is not the street's
   */
  Frames(Street street, Latencies latencies, int lowest) {
    this.lowest = lowest;
    this.street = street;
    this.latencies = latencies;
  }

  @Override
  public String filter() {
    return "kerbside/#";
  }

  /** Frames are on {@code …/d} and {@code …/h}. */
  @Override
  public int take(byte[] packet, Range topic, Range payload, long nanos) {
    int leaf = packet[topic.end() - 1];
    if (packet[topic.end() - 2] != '/' || leaf != 'd' && leaf != 'h') {
      return 0;
    }
    read(packet, payload.from(), payload.length(), nanos);
    return payload.length();
  }

  void read(byte[] bytes, int from, int length, long nanos) {
    try (var json = JSON.createParser(ObjectReadContext.empty(), bytes, from, length)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = json.currentName();
        json.nextToken();
        if (name.equals("seq")) {
          int seq = json.getIntValue();
          if (seen.get(seq)) {
            return;
          }
          seen.set(seq);
        } else if (name.equals("m")) {
          pack(json, nanos);
        } else {
          json.skipChildren();
        }
      }
    }
  }

  @Override
  public int count() {
    return seen.cardinality();
  }

  @Override
  public String problem() {
    return holes() == 0 ? "" : "%d frames missing of %d".formatted(holes(), count());
  }

  /** How many frames are missing below the highest. */
  int holes() {
    return seen.length() == 0 ? 0 : seen.length() - 1 - seen.cardinality();
  }

  private void pack(JsonParser json, long nanos) {
    int asset = 0;
    while (json.nextToken() == JsonToken.START_OBJECT) {
      int point = 0;
      double value = 0;
      while (json.nextToken() == JsonToken.PROPERTY_NAME) {
        var name = json.currentName();
        json.nextToken();
        switch (name) {
          case "bn" -> asset = digits('a', json.getString());
          case "n" -> point = digits('p', json.getString());
          case "v" -> value = json.getDoubleValue();
          default -> {} // time and unit are not counted
        }
      }
      if (asset < 0 || point < lowest) {
        continue; // The cabinet speaks of itself as well.
      }
      int tenths = (int) Math.round(value * 10);
      latencies.add(street.arrive(Street.index(asset, point), tenths, nanos));
    }
  }

  /** The number in {@code a17/} or {@code p3}; -1 in another name. */
  private static int digits(char letter, String text) {
    int number = text.length() > 1 && text.charAt(0) == letter ? 0 : -1;
    for (int i = 1; number >= 0 && i < text.length() && text.charAt(i) != '/'; i++) {
      int digit = text.charAt(i) - '0';
      number = digit >= 0 && digit <= 9 ? number * 10 + digit : -1;
    }
    return number;
  }
}
