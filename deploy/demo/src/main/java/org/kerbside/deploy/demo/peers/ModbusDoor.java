package org.kerbside.deploy.demo.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line that a master reaches by TCP: Modbus TCP itself, or a serial server that passes RTU on.
 * One thread a master.
 */
final class ModbusDoor implements Door {

  private static final Logger LOG = LoggerFactory.getLogger(ModbusDoor.class);
  private static final int PORT = 502;

  private final String place;
  private final Line line;
  private final ServerSocket door;
  private final Set<Socket> masters = ConcurrentHashMap.newKeySet();

  private ModbusDoor(String place, Line line, ServerSocket door) {
    this.place = place;
    this.line = line;
    this.door = door;
  }

  /** Listens where the site says that the line is. */
  static ModbusDoor open(String bus, URI url, Line line) throws CommandException {
    try {
      var socket = new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(url.getHost(), url.getPort() < 0 ? PORT : url.getPort()));
      var door = new ModbusDoor("at " + url, line, socket);
      Thread.ofVirtual().name(bus).start(door::accept);
      return door;
    } catch (IOException taken) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          "bus %s: cannot listen at %s: %s".formatted(bus, url, taken.getMessage()),
          "end who has that port, or give the bus another one in the site");
    }
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
    try {
      door.close();
      for (var master : masters) {
        master.close();
      }
    } catch (IOException gone) {
      LOG.debug("{}: {}", place, gone.getMessage());
    }
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        var master = door.accept();
        masters.add(master);
        Thread.ofVirtual().start(() -> serve(master));
      } catch (IOException closed) {
        LOG.debug("{}: {}", place, closed.getMessage());
      }
    }
  }

  private void serve(Socket master) {
    try (master) {
      line.serve(master.getInputStream(), master.getOutputStream());
    } catch (IOException gone) {
      LOG.debug("{}: a master left: {}", place, gone.getMessage());
    } finally {
      masters.remove(master);
    }
  }
}
