package org.kerbside.drivers.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A serial line by socat: two pseudo-terminals, what goes in at one comes out at the other. Each
 * end has a name that stays when the cable is pulled and plugged in again. Not thread-safe; mark
 * the test {@code @NeedsPeer("socat")}.
 */
public final class SerialCable implements AutoCloseable {

  private final Path near;
  private final Path far;
  private Process socat;

  private SerialCable(Path folder) throws Exception {
    near = folder.resolve("near");
    far = folder.resolve("far");
    socat = start();
  }

  /**
   * Plugs one in.
   *
   * @param folder for the names of its ends
   */
  public static SerialCable in(Path folder) throws Exception {
    return new SerialCable(folder);
  }

  /** Our end. */
  public Path near() {
    return near;
  }

  /** The devices' end. */
  public Path far() {
    return far;
  }

  /** Both ends vanish. */
  public void pull() throws IOException {
    socat.destroyForcibly().onExit().join();
    Files.deleteIfExists(near);
    Files.deleteIfExists(far);
  }

  public void plug() throws Exception {
    socat = start();
  }

  private Process start() throws Exception {
    var started = Peer.start("socat", List.of("pty,rawer,link=" + near, "pty,rawer,link=" + far));
    Await.until("both ends of the cable", () -> Files.exists(near) && Files.exists(far));
    return started;
  }

  @Override
  public void close() throws IOException {
    pull();
  }
}
