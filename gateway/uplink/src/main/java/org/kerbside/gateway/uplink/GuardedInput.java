package org.kerbside.gateway.uplink;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;

/**
 * MQTT packets on their way to the client library, which allocates what a header claims before it
 * looks whether that is too much, and gives up when a header is split by its read time-out. This
 * follows the framing and does neither. Confined to the receiver's thread but for {@link
 * #lastInput}.
 */
final class GuardedInput extends FilterInputStream {

  private static final int LENGTH_BYTES = 4;

  private final int largest;

  // Where the next byte stands in its packet.
  private Part part = Part.TYPE;
  private int lengthBytes;
  private int remaining;

  private volatile long lastInput = System.nanoTime();

  private enum Part {
    TYPE,
    LENGTH,
    BODY
  }

  /**
   * @param largest packet in bytes that is let through
   */
  GuardedInput(InputStream in, int largest) {
    super(new BufferedInputStream(in, 8192));
    this.largest = largest;
  }

  /** When bytes last came, by {@link System#nanoTime}. */
  long lastInput() {
    return lastInput;
  }

  @Override
  public int read() throws IOException {
    while (true) {
      try {
        int read = super.read();
        if (read >= 0) {
          follow(read);
        }
        return read;
      } catch (SocketTimeoutException quiet) {
        // Between packets the library wants to hear of it; within a header it cannot go on.
        if (part != Part.LENGTH) {
          throw quiet;
        }
      }
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    for (int i = 0; i < read; i++) {
      if (part == Part.BODY) {
        int body = Math.min(remaining, read - i);
        remaining -= body;
        i += body - 1;
        endIfWhole();
      } else {
        follow(bytes[offset + i] & 0xFF);
      }
    }
    if (read > 0) {
      lastInput = System.nanoTime();
    }
    return read;
  }

  private void follow(int octet) throws IOException {
    lastInput = System.nanoTime();
    switch (part) {
      case TYPE -> {
        part = Part.LENGTH;
        lengthBytes = 0;
        remaining = 0;
      }
      case LENGTH -> {
        remaining |= (octet & 0x7F) << (7 * lengthBytes);
        lengthBytes++;
        if ((octet & 0x80) == 0) {
          refuseLarge();
          part = Part.BODY;
          endIfWhole();
        } else if (lengthBytes == LENGTH_BYTES) {
          throw new IOException("broker: a packet's length has more than four bytes");
        }
      }
      case BODY -> {
        remaining--;
        endIfWhole();
      }
    }
  }

  private void endIfWhole() {
    if (remaining == 0) {
      part = Part.TYPE;
    }
  }

  private void refuseLarge() throws IOException {
    if (remaining > largest) {
      throw new IOException(
          "broker: a packet of %d bytes: expected at most %d".formatted(remaining, largest));
    }
  }
}
