package org.kerbside.deploy.demo.peers;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.kerbside.gateway.cli.CommandException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A Modbus line on a serial port. One thread. */
final class RtuDoor implements Door {

  private static final Logger LOG = LoggerFactory.getLogger(RtuDoor.class);
  private static final Duration LOOK = Duration.ofMillis(4); // as long as four characters at 9600

  private final String place;
  private final Line line;
  private final PseudoTerminal port;

  private RtuDoor(String place, Line line, PseudoTerminal port) {
    this.place = place;
    this.line = line;
    this.port = port;
  }

  /** Makes the port that the site says the line is at. */
  static RtuDoor open(String bus, Path name, Line line) throws CommandException {
    var door = new RtuDoor("at %s, RTU".formatted(name), line, PseudoTerminal.of(bus, name));
    Thread.ofPlatform().name(bus).daemon().start(door::serve);
    return door;
  }

  @Override
  public void hear(String asset, Said said) {
    line.hear(asset, said);
  }

  /** A slave speaks when it is spoken to. */
  @Override
  public void speak() {}

  @Override
  public String place() {
    return place;
  }

  @Override
  public void close() {
    port.close();
  }

  private void serve() {
    try {
      line.serve(new Requests(port), new Answers(port));
    } catch (IOException closed) {
      LOG.debug("{}: {}", place, closed.getMessage());
    }
  }

  /** What a master asks, waited for; ends when the port is closed. */
  static final class Requests extends InputStream {

    private final PseudoTerminal port;

    Requests(PseudoTerminal port) {
      this.port = port;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] to, int at, int most) throws IOException {
      while (port.isOpen()) {
        byte[] come = port.read(most);
        if (come.length > 0) {
          System.arraycopy(come, 0, to, at, come.length);
          return come.length;
        }
        pause();
      }
      return -1;
    }

    private static void pause() throws IOException {
      try {
        Thread.sleep(LOOK);
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
      }
    }
  }

  /** What is answered. */
  static final class Answers extends OutputStream {

    private final PseudoTerminal port;

    Answers(PseudoTerminal port) {
      this.port = port;
    }

    @Override
    public void write(int one) {
      port.write(new byte[] {(byte) one});
    }

    @Override
    public void write(byte[] bytes, int at, int count) {
      port.write(Arrays.copyOfRange(bytes, at, at + count));
    }
  }
}
