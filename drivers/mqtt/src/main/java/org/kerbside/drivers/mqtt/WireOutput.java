package org.kerbside.drivers.mqtt;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Bytes on their way to the broker. Paho flushes every packet; an acknowledgement waits here up to
 * a millisecond for others, anything else goes at once. Thread-safe.
 */
final class WireOutput extends OutputStream {

  private static final int PUBACK = 0x40;
  private static final int BUFFER = 8 * 1024;
  private static final int FULL = 2 * 1024;
  private static final long WAIT_MICROS = 1000;

  private final OutputStream out;
  private final ScheduledExecutorService timer;
  private final byte[] buffer = new byte[BUFFER];

  // What is not yet sent, under this object's lock.
  private int count;
  private boolean urgent;
  private boolean waiting;

  WireOutput(OutputStream out, ScheduledExecutorService timer) {
    this.out = out;
    this.timer = timer;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public synchronized void write(byte[] bytes, int from, int length) throws IOException {
    if (length == 0) {
      return;
    }
    // Paho hands over one packet a write, so the first byte says what it is.
    urgent |= (bytes[from] & 0xFF) != PUBACK;
    if (count + length > BUFFER) {
      send();
    }
    if (length > BUFFER) {
      out.write(bytes, from, length);
      return;
    }
    System.arraycopy(bytes, from, buffer, count, length);
    count += length;
  }

  @Override
  public synchronized void flush() throws IOException {
    if (urgent || count >= FULL) {
      send();
      out.flush();
    } else if (!waiting && count > 0) {
      later();
    }
  }

  private void later() throws IOException {
    try {
      var task = timer.schedule(this::sendWaiting, WAIT_MICROS, TimeUnit.MICROSECONDS);
      waiting = !task.isCancelled();
    } catch (RejectedExecutionException closing) {
      send();
    }
  }

  private synchronized void sendWaiting() {
    waiting = false;
    try {
      send();
    } catch (IOException lost) {
      // The receiver sees it too, and ends the connection.
      count = 0;
    }
  }

  private void send() throws IOException {
    int length = count;
    count = 0;
    urgent = false;
    if (length > 0) {
      out.write(buffer, 0, length);
    }
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
