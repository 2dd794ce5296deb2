package org.kerbside.drivers.mqtt;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes on their way to Paho, looked at packet by packet: Paho allocates whatever length a peer
 * announces, and forgets the DUP flag. Belongs to Paho's receiver thread.
 */
final class WireInput extends FilterInputStream {

  /** The largest packet that a broker may send us; it throws larger messages away (MQTT 5). */
  static final int MOST_BYTES = 256 * 1024;

  /** Told of each PUBLISH when its first byte passes. */
  @FunctionalInterface
  interface Listener {
    void publish(boolean again);
  }

  private static final int BUFFER = 16 * 1024;
  private static final int PUBLISH = 3;
  private static final int DUP = 0x08;

  private final Listener listener;

  // Where in the stream we are.
  private Part part = Part.HEADER;
  private int length;
  private int shift;

  private enum Part {
    HEADER,
    LENGTH,
    BODY
  }

  WireInput(InputStream in, Listener listener) {
    super(new BufferedInputStream(in, BUFFER));
    this.listener = listener;
  }

  @Override
  public int read() throws IOException {
    int next = in.read();
    if (next >= 0) {
      pass((byte) next);
    }
    return next;
  }

  @Override
  public int read(byte[] into, int from, int wanted) throws IOException {
    int got = in.read(into, from, wanted);
    for (int i = 0; i < got; ) {
      if (part == Part.BODY) {
        int body = Math.min(length, got - i);
        i += body;
        length -= body;
        part = length == 0 ? Part.HEADER : Part.BODY;
      } else {
        pass(into[from + i]);
        i++;
      }
    }
    return got;
  }

  private void pass(byte next) throws IOException {
    switch (part) {
      case HEADER -> header(next);
      case LENGTH -> length(next);
      case BODY -> {
        length--;
        part = length == 0 ? Part.HEADER : Part.BODY;
      }
    }
  }

  private void header(byte first) {
    if ((first & 0xF0) >> 4 == PUBLISH) {
      listener.publish((first & DUP) != 0);
    }
    part = Part.LENGTH;
    length = 0;
    shift = 0;
  }

  private void length(byte next) throws IOException {
    length |= (next & 0x7F) << shift;
    shift += 7;
    if (length > MOST_BYTES || shift > 28) {
      throw new IOException(
          "a packet of %d bytes is announced: expected at most %d".formatted(length, MOST_BYTES));
    }
    if (next >= 0) {
      part = length == 0 ? Part.HEADER : Part.BODY;
    }
  }
}
