package org.kerbside.gateway.uplink;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;

/**
 * What the platform says on {@code ack}: it has stored all up to a seq, but for what it needs
 * again.
 *
 * @param need spans, in any order, below the seq or above it
 */
record Watermark(Stream stream, String epoch, long seq, List<Span> need) {

  /** A payload has at most so many bytes. */
  static final int LARGEST = 64 * 1024;

  /** Seqs from the first to the last. */
  record Span(long first, long last) {}

  static Watermark read(byte[] payload) throws Malformed {
    if (payload.length > LARGEST) {
      throw new Malformed("%d bytes: expected at most %d".formatted(payload.length, LARGEST));
    }
    try (var json = JsonWire.JSON.createParser(ObjectReadContext.empty(), payload)) {
      return read(json);
    } catch (JacksonException cause) {
      throw new Malformed("no JSON: " + cause.getOriginalMessage());
    }
  }

  private static Watermark read(JsonParser json) throws Malformed {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new Malformed("not a JSON object");
    }
    @Nullable Stream stream = null;
    @Nullable String epoch = null;
    long seq = -1;
    List<Span> need = List.of();
    for (var name = json.nextName(); name != null; name = json.nextName()) {
      var token = json.nextToken();
      switch (name) {
        case "stream" -> stream = stream(token, json);
        case "epoch" -> epoch = token == JsonToken.VALUE_STRING ? json.getString() : null;
        case "seq" -> seq = seq(token, json);
        case "need" -> need = need(token, json);
        default -> json.skipChildren();
      }
    }
    if (stream == null || epoch == null || seq < 0) {
      throw new Malformed("expected stream, epoch and seq");
    }
    return new Watermark(stream, epoch, seq, need);
  }

  private static Stream stream(JsonToken token, JsonParser json) throws Malformed {
    for (var stream : Stream.values()) {
      if (token == JsonToken.VALUE_STRING && json.getString().equals(stream.word())) {
        return stream;
      }
    }
    throw new Malformed("'stream' is neither d nor e");
  }

  private static List<Span> need(JsonToken token, JsonParser json) throws Malformed {
    if (token != JsonToken.START_ARRAY) {
      throw new Malformed("'need' is no list");
    }
    var need = new ArrayList<Span>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.START_ARRAY) {
        throw new Malformed("'need' is no list of pairs");
      }
      var span = new Span(seq(json.nextToken(), json), seq(json.nextToken(), json));
      if (json.nextToken() != JsonToken.END_ARRAY
          || span.first() < 1
          || span.last() < span.first()) {
        throw new Malformed("'need' is no list of pairs");
      }
      need.add(span);
    }
    return List.copyOf(need);
  }

  private static long seq(JsonToken token, JsonParser json) throws Malformed {
    if (token != JsonToken.VALUE_NUMBER_INT) {
      throw new Malformed("a seq is no whole number");
    }
    return json.getLongValue();
  }
}
