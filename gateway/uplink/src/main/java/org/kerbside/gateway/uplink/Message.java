package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.zip.DeflaterOutputStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.StoredFrame;

/**
 * One PUBLISH in our own words.
 *
 * @param seq of the frame that it carries; 0 for anything else
 * @param epoch of the frame that it carries; absent for anything else
 * @param correlation of the request that it answers, where there was one
 */
@SuppressWarnings("ArrayRecordComponent") // bytes are handed over and never compared
record Message(
    Lane lane,
    String topic,
    byte[] payload,
    Retention retention,
    long seq,
    @Nullable String epoch,
    Packing packing,
    byte @Nullable [] correlation) {

  /** What a frame's packet may have beside its payload; most have half of it. */
  static final int MOST_AROUND = 512;

  /** Of what is no frame; a frame has no more either. */
  private static final int MOST_PLAIN = 128 * 1024;

  enum Retention {
    RETAINED,
    PASSING
  }

  enum Packing {
    PLAIN,
    ZLIB
  }

  static Message frame(Lane lane, String topic, StoredFrame frame, String epoch) {
    var rendered = frame.rendered();
    var packing =
        switch (rendered.encoding()) {
          case PLAIN -> Packing.PLAIN;
          case ZLIB -> Packing.ZLIB;
        };
    return new Message(
        lane, topic, rendered.payload(), Retention.PASSING, frame.seq(), epoch, packing, null);
  }

  static Message retained(Lane lane, String topic, byte[] payload) {
    return new Message(lane, topic, payload, Retention.RETAINED, 0, null, Packing.PLAIN, null);
  }

  /** The same, deflated where it is larger than a frame may be: the gateway's description. */
  static Message described(String topic, byte[] payload) {
    return payload.length <= MOST_PLAIN
        ? retained(Lane.NOTICES, topic, payload)
        : new Message(
            Lane.NOTICES,
            topic,
            deflated(payload),
            Retention.RETAINED,
            0,
            null,
            Packing.ZLIB,
            null);
  }

  private static byte[] deflated(byte[] payload) {
    var packed = new ByteArrayOutputStream(payload.length / 8);
    try (var out = new DeflaterOutputStream(packed)) {
      out.write(payload);
    } catch (IOException never) {
      throw new AssertionError("memory takes everything", never);
    }
    return packed.toByteArray();
  }

  static Message answer(String topic, byte[] payload, byte @Nullable [] correlation) {
    return new Message(
        Lane.NOTICES, topic, payload, Retention.PASSING, 0, null, Packing.PLAIN, correlation);
  }

  /** The most bytes that its PUBLISH has: with a topic alias, and the longest lengths. */
  long packet() {
    int around = 5 + text(topic) + 2 + 4 + 3 + 1 + text("application/json");
    if (epoch != null) {
      around += user("epoch", epoch) + user("stream", "d") + user("seq", Long.toString(seq));
    }
    around += packing == Packing.ZLIB ? user("enc", "zlib") : 0;
    return around + (long) payload.length;
  }

  private static int user(String name, String value) {
    return 1 + text(name) + text(value);
  }

  private static int text(String text) {
    return 2 + text.getBytes(UTF_8).length;
  }
}
