package org.kerbside.deploy.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who holds a port, as Linux tells in {@code /proc/net} and each process's descriptors. */
final class PortHolder {

  private static final Path PROC = Path.of("/proc");

  private PortHolder() {}

  /** As {@code java, process 4711}; null where it cannot be seen. */
  static @Nullable String of(int port, Ports.Protocol protocol) {
    var tables =
        switch (protocol) {
          case TCP -> new String[] {"net/tcp", "net/tcp6"};
          case UDP -> new String[] {"net/udp", "net/udp6"};
        };
    var sockets = new HashSet<String>();
    for (var table : tables) {
      sockets.addAll(sockets(PROC.resolve(table), port));
    }
    return sockets.isEmpty() ? null : process(sockets);
  }

  /** The inodes of the sockets bound to the port; proc(5): local address and inode by column. */
  private static Set<String> sockets(Path table, int port) {
    var found = new HashSet<String>();
    try {
      for (var line : Files.readAllLines(table)) {
        var words = line.strip().split("\\s+", -1);
        if (words.length > 9 && words[1].endsWith(":%04X".formatted(port)) && !isTalk(words[3])) {
          found.add("socket:[%s]".formatted(words[9]));
        }
      }
    } catch (IOException unseen) {
      // No such table here: the holder stays unnamed.
    }
    return found;
  }

  /** An established connection of a client is no holder. */
  private static boolean isTalk(String state) {
    return state.equals("01") || state.equals("06");
  }

  private static @Nullable String process(Set<String> sockets) {
    try (var processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (var process : processes) {
        if (holds(process, sockets)) {
          var name = Files.readString(process.resolve("comm")).strip();
          return "%s, process %s".formatted(name, process.getFileName());
        }
      }
    } catch (IOException unseen) {
      // Another user's process: the holder stays unnamed.
    }
    return null;
  }

  private static boolean holds(Path process, Set<String> sockets) {
    try (var descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (var descriptor : descriptors) {
        if (sockets.contains(Files.readSymbolicLink(descriptor).toString())) {
          return true;
        }
      }
    } catch (IOException gone) {
      return false; // Not ours to look into, or gone meanwhile.
    }
    return false;
  }
}
