package org.kerbside.deploy.platform.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;

/**
 * What a gateway is told on {@code ack}: all up to a seq is stored, and these holes are not
 * explained.
 */
record Watermark(Place place, long seq, List<Span> need) {

  /** Seqs from the first to the last. */
  record Span(long first, long last) {

    @Override
    public String toString() {
      return first == last ? Long.toString(first) : first + "-" + last;
    }
  }

  String topic() {
    return place.gateway() + "/ack";
  }

  byte[] payload() {
    var spans = new StringBuilder();
    for (var span : need) {
      spans.append(spans.isEmpty() ? "" : ",");
      spans.append('[').append(span.first()).append(',').append(span.last()).append(']');
    }
    // An epoch is letters and digits, checked when it was read.
    return "{\"stream\":\"%s\",\"epoch\":\"%s\",\"seq\":%d,\"need\":[%s]}"
        .formatted(place.stream(), place.epoch(), seq, spans)
        .getBytes(UTF_8);
  }
}
