package org.kerbside.gateway.bench;

import java.nio.charset.StandardCharsets;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads messages that were passed on as they came, each on its own topic or many as {@code [[topic,
 * payload], …]} on {@code field/batch}. One thread.
 */
final class Plain implements Inbox {

  private static final JsonFactory JSON = new JsonFactory();

  private final Street street;
  private final Latencies latencies;
  private int messages;
  private int strangers;

  Plain(Street street, Latencies latencies) {
    this.street = street;
    this.latencies = latencies;
  }

  @Override
  public String filter() {
    return "field/#";
  }

  @Override
  public int take(byte[] packet, Range topic, Range payload, long nanos) {
    var name = new String(packet, topic.from(), topic.length(), StandardCharsets.US_ASCII);
    if (name.startsWith("field/a")) {
      var text = new String(packet, payload.from(), payload.length(), StandardCharsets.US_ASCII);
      reading(name, text, nanos);
    } else if (name.equals("field/batch")) {
      batch(packet, payload, nanos);
    } else {
      strangers++;
      return 0;
    }
    messages++;
    return payload.length();
  }

  private void batch(byte[] packet, Range payload, long nanos) {
    try (var json =
        JSON.createParser(ObjectReadContext.empty(), packet, payload.from(), payload.length())) {
      json.nextToken();
      while (json.nextToken() == JsonToken.START_ARRAY) {
        reading(text(json), text(json), nanos);
        json.nextToken();
      }
    }
  }

  private static String text(JsonParser json) {
    json.nextToken();
    return json.getString();
  }

  /** {@code field/a17/p3} and {@code {"v":12.3,…}}. */
  private void reading(String topic, String payload, long nanos) {
    int slash = topic.indexOf('/', 6);
    int asset = Integer.parseInt(topic, 7, slash, 10);
    int point = topic.charAt(slash + 2) - '0';
    double value = Double.parseDouble(payload.substring(5, payload.indexOf(',')));
    int tenths = (int) Math.round(value * 10);
    latencies.add(street.arrive(Street.index(asset, point), tenths, nanos));
  }

  @Override
  public int count() {
    return messages;
  }

  /** Probes and the like. */
  int strangers() {
    return strangers;
  }

  @Override
  public String problem() {
    return "";
  }
}
