package org.kerbside.deploy.demo.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;

/**
 * A serial port that nobody has soldered: a pseudo-terminal under the name that a site has for the
 * port. Who opens that name speaks with us, at any speed. Nothing here waits. From any thread.
 */
final class PseudoTerminal implements AutoCloseable {

  private static final Path DEVICES = Path.of("/dev");
  private final Path name;
  private final int file;
  private boolean isOpen = true; // guarded by this: the number may be another file's afterwards

  private PseudoTerminal(Path name, int file) {
    this.name = name;
    this.file = file;
  }

  /** As {@link #open}, for a bus of a site. */
  static PseudoTerminal of(String bus, Path name) throws CommandException {
    try {
      return open(name);
    } catch (IOException told) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "bus %s: no serial port %s: %s".formatted(bus, name, told.getMessage()),
          "name a port in the site that the peers may make, as /tmp/street/%s".formatted(bus));
    }
  }

  /**
   * Opens one. A name that a killed process left is given anew; what is no link is not touched.
   *
   * @param name of the port; its folder is made where there is none
   */
  static PseudoTerminal open(Path name) throws IOException {
    if (name.toAbsolutePath().startsWith(DEVICES)) {
      throw new IOException("a port of this machine's own is not played");
    }
    if (Files.exists(name, LinkOption.NOFOLLOW_LINKS) && !Files.isSymbolicLink(name)) {
      throw new IOException("something else has that name");
    }
    int file = Libc.openTerminal();
    Libc.makeRaw(file);
    Files.createDirectories(name.toAbsolutePath().getParent());
    Files.deleteIfExists(name);
    Files.createSymbolicLink(name, Path.of(Libc.otherEnd(file)));
    return new PseudoTerminal(name, file);
  }

  /** What was written to us since, at most so many bytes; nothing where nothing was. */
  synchronized byte[] read(int most) {
    return isOpen ? Libc.read(file, most) : new byte[0];
  }

  /** As on a wire: what nobody hears, or has no room for, is lost. */
  synchronized void write(byte[] telegram) {
    if (isOpen && Libc.isHeard(file)) {
      Libc.write(file, telegram);
    }
  }

  synchronized boolean isOpen() {
    return isOpen;
  }

  /** Both ends and the name vanish, if it is still ours. */
  @Override
  public synchronized void close() {
    if (isOpen) {
      isOpen = false;
      try {
        if (Files.readSymbolicLink(name).equals(Path.of(Libc.otherEnd(file)))) {
          Files.delete(name);
        }
      } catch (IOException another) {
        // Somebody else's by now, or gone.
      }
      Libc.close(file);
    }
  }
}
