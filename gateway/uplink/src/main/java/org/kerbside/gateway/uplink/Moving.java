package org.kerbside.gateway.uplink;

import org.kerbside.gateway.model.Place;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A frame at a new place: all of it as it was, but for {@code epoch} and {@code seq}, and with
 * {@code "was":["01K4Z6R0YH",1024]} behind them, so that a receiver that had it knows it again.
 */
final class Moving {

  private final JsonParser old;
  private final JsonGenerator json;
  private final Place place;

  Moving(JsonParser old, JsonGenerator json, Place place) {
    this.old = old;
    this.json = json;
    this.place = place;
  }

  /** Refuses a frame that does not say the seq and the stream under which it was kept. */
  void write(long seq) {
    var epoch = "";
    expect(old.nextToken() == JsonToken.START_OBJECT, "no object");
    json.writeStartObject();
    for (var name = old.nextName(); name != null; name = old.nextName()) {
      old.nextToken();
      switch (name) {
        case "epoch" -> {
          epoch = old.getString();
          json.writeStringProperty("epoch", place.epoch());
        }
        case "stream" -> {
          expect(place.stream().word().equals(old.getString()), "of another stream");
          json.writeStringProperty("stream", old.getString());
        }
        case "seq" -> {
          expect(old.getLongValue() == seq, "of another seq");
          json.writeNumberProperty("seq", place.seq());
          json.writeArrayPropertyStart("was");
          json.writeString(epoch);
          json.writeNumber(seq);
          json.writeEndArray();
        }
        // It stood elsewhere before that: the first place is the one that a receiver may know.
        case "was" -> old.skipChildren();
        default -> {
          json.writeName(name);
          json.copyCurrentStructureExact(old);
        }
      }
    }
    json.writeEndObject();
  }

  private static void expect(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException("frame: " + otherwise);
    }
  }
}
