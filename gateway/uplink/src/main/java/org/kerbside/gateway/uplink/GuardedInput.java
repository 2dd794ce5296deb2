package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * MQTT packets on their way to the client library, which allocates what a header claims before it
 * looks whether that is too much, gives up when a header is split by its read time-out, and waits
 * for ever when its receiver ends before its other threads have started. This follows the framing,
 * and lets nothing through, no end either, before CONNECT is written: only then all threads run.
 * Confined to the receiver's thread but for {@link #lastInput}.
 */
final class GuardedInput extends FilterInputStream {

  private static final int LENGTH_BYTES = 4;

  // With what a broker may begin.
  private static final int CONNACK = 2;
  private static final int DISCONNECT = 14;
  private static final int AUTH = 15;

  /** Of an answer that is none. */
  private static final int QUOTED = 40;

  private static final long PATIENCE_MILLIS = 100;

  private final int largest;
  private final CountDownLatch spoke;

  // Where the next byte stands in its packet.
  private Part part = Part.TYPE;
  private boolean isTalking;
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
   * @param spoke is open once the first byte was written
   */
  GuardedInput(InputStream in, int largest, CountDownLatch spoke) {
    super(new BufferedInputStream(in, 8192));
    this.largest = largest;
    this.spoke = spoke;
  }

  /** When bytes last came, by {@link System#nanoTime}. */
  long lastInput() {
    return lastInput;
  }

  @Override
  public int available() throws IOException {
    return spoke.getCount() > 0 ? 0 : super.available();
  }

  @Override
  public int read() throws IOException {
    awaitFirstWord();
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

  private void awaitFirstWord() throws SocketTimeoutException {
    try {
      if (!spoke.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new SocketTimeoutException();
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
      throw new SocketTimeoutException();
    }
  }

  private void follow(int octet) throws IOException {
    lastInput = System.nanoTime();
    switch (part) {
      case TYPE -> {
        part = Part.LENGTH;
        if (!isTalking) {
          beginTalk(octet);
        }
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

  /** A portal of a mobile network answers with a web page, which the library takes for packets. */
  private void beginTalk(int octet) throws IOException {
    int type = octet >> 4;
    if (type != CONNACK && type != DISCONNECT && type != AUTH) {
      throw new IOException(
          "no broker: it answers '%s'; is there a portal, or another service?"
              .formatted(quote(octet, in.readNBytes(Math.min(in.available(), QUOTED)))));
    }
    isTalking = true;
  }

  private static String quote(int first, byte[] more) {
    var text = (char) first + new String(more, ISO_8859_1);
    return text.lines().findFirst().orElse("").replaceAll("[^ -~]", "?");
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
