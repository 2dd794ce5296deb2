package org.kerbside.gateway.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.time.Duration;

/**
 * One talk over the control socket. Blocking channels have no time-out of their own, so a talk that
 * is not done in time is closed, and whoever waits on it gets an {@link IOException}.
 */
final class Talk implements AutoCloseable {

  static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Of a request; in bytes. */
  static final int LONGEST_LINE = 2048;

  /** Of what changes the running service: it may have to begin again. */
  static final Duration LONG_PATIENCE = Duration.ofMinutes(2);

  private final SocketChannel channel;
  private Thread deadline; // the talk's own thread's

  Talk(SocketChannel channel) {
    this(channel, PATIENCE);
  }

  Talk(SocketChannel channel, Duration patience) {
    this.channel = channel;
    this.deadline = deadline(patience);
  }

  /** What was asked may take longer than the asking. */
  void stay() {
    deadline.interrupt();
    deadline = deadline(LONG_PATIENCE);
  }

  private Thread deadline(Duration patience) {
    return Thread.ofVirtual().name("control deadline").start(() -> closeAfter(patience));
  }

  /** Up to the line's end, without it. */
  String line() throws IOException {
    var bytes = ByteBuffer.allocate(LONGEST_LINE);
    while (bytes.hasRemaining() && !endsLine(bytes) && channel.read(bytes) >= 0) {}
    return UTF_8.decode(bytes.flip()).toString().strip();
  }

  /** All that the other side says until it closes. */
  String rest() throws IOException {
    return new String(Channels.newInputStream(channel).readAllBytes(), UTF_8);
  }

  void say(String text) throws IOException {
    var bytes = UTF_8.encode(text);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  @Override
  public void close() throws IOException {
    deadline.interrupt();
    channel.close();
  }

  private static boolean endsLine(ByteBuffer bytes) {
    return bytes.position() > 0 && bytes.get(bytes.position() - 1) == '\n';
  }

  private void closeAfter(Duration patience) {
    try {
      Thread.sleep(patience);
      channel.close();
    } catch (IOException | InterruptedException done) {
      Thread.currentThread().interrupt();
    }
  }
}
