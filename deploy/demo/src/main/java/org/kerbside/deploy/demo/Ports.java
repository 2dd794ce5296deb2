package org.kerbside.deploy.demo;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.kerbside.gateway.cli.CommandException;
import org.kerbside.gateway.cli.Exit;

/**
 * Every port that the demo needs, tried before anything starts: all that are taken are named at
 * once.
 */
final class Ports {

  /** Which kind of port. */
  enum Protocol {
    TCP,
    UDP
  }

  /**
   * A port that is needed.
   *
   * @param option how to take another one
   */
  record Wanted(String use, InetSocketAddress address, Protocol protocol, String option) {}

  private Ports() {}

  static void tryAll(List<Wanted> wanted) throws CommandException {
    var problems = new ArrayList<String>();
    var remedies = new ArrayList<String>();
    for (var port : wanted) {
      if (isTaken(port)) {
        var holder = PortHolder.of(port.address().getPort(), port.protocol());
        problems.add(
            "port %d (%s) is taken%s"
                .formatted(
                    port.address().getPort(), port.use(), holder == null ? "" : " by " + holder));
        remedies.add(port.option());
      }
    }
    if (!problems.isEmpty()) {
      throw new CommandException(
          Exit.MISSING_OR_TAKEN,
          String.join("; ", problems),
          "./kerbside demo " + String.join(" ", remedies));
    }
  }

  private static boolean isTaken(Wanted port) {
    return switch (port.protocol()) {
      case TCP -> isTakenTcp(port.address());
      case UDP -> isTakenUdp(port.address());
    };
  }

  private static boolean isTakenTcp(InetSocketAddress address) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
      return false;
    } catch (IOException taken) {
      return true;
    }
  }

  private static boolean isTakenUdp(InetSocketAddress address) {
    try (var socket = new DatagramSocket(address)) {
      return !socket.isBound();
    } catch (SocketException taken) {
      return true;
    }
  }
}
