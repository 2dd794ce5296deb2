package org.kerbside.gateway.uplink;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.kerbside.drivers.testkit.Peer;

/**
 * Two network namespaces and a cable between them: the gateway's end and the city's. A test makes
 * it as root and removes it. Cut, it swallows what is sent and tells nobody, as a mobile network
 * does; no socket of this process can do that.
 */
@SuppressWarnings("restricted") // setns, which Java does not have
final class Wire implements AutoCloseable {

  /** The city's address, seen from the gateway. */
  static final String CITY = "10.77.0.2";

  private static final String GATEWAY = "10.77.0.1";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private static final Linker LINKER = Linker.nativeLinker();

  /** {@code int open(const char *path, int flags, ...)}. */
  private static final MethodHandle OPEN =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("open"),
          FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT),
          Linker.Option.firstVariadicArg(2));

  /** {@code int setns(int fd, int nstype)}: of the calling thread, and of those that it starts. */
  private static final MethodHandle SETNS =
      LINKER.downcallHandle(
          LINKER.defaultLookup().findOrThrow("setns"),
          FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT));

  private static final int CLOEXEC = 0x80000;
  private static final int CLONE_NEWNET = 0x4000_0000;

  private final String gateway;
  private final String city;

  private Wire(String name) {
    gateway = name + "-gateway";
    city = name + "-city";
  }

  static Wire lay() throws Exception {
    var wire =
        new Wire("kerbside-%d-%d".formatted(ProcessHandle.current().pid(), NUMBER.addAndGet(1)));
    try {
      ip("netns", "add", wire.gateway);
      ip("netns", "add", wire.city);
      ip(
          "-n",
          wire.gateway,
          "link",
          "add",
          "wire",
          "type",
          "veth",
          "peer",
          "name",
          "wire",
          "netns",
          wire.city);
      raise(wire.gateway, GATEWAY);
      raise(wire.city, CITY);
      return wire;
    } catch (IOException cause) {
      wire.close();
      assumeTrue(System.getenv("CI") != null, "not run: needs root: " + cause.getMessage());
      throw cause;
    }
  }

  private static void raise(String end, String address) throws Exception {
    ip("-n", end, "link", "set", "lo", "up");
    ip("-n", end, "addr", "add", address + "/24", "dev", "wire");
    ip("-n", end, "link", "set", "wire", "up");
  }

  /** On a thread of the gateway's end; threads and processes that it starts are there, too. */
  <T> T atGateway(Callable<T> body) throws Exception {
    return within(gateway, body);
  }

  /** On a thread of the city's end. */
  <T> T inTheCity(Callable<T> body) throws Exception {
    return within(city, body);
  }

  /** What arrives in the city vanishes, and what it sends. */
  void cut() throws Exception {
    nft("add table inet cut");
    nft("add chain inet cut in { type filter hook input priority 0; }");
    nft("add chain inet cut out { type filter hook output priority 0; }");
    nft("add rule inet cut in iifname wire drop");
    nft("add rule inet cut out oifname wire drop");
  }

  void mend() throws Exception {
    nft("delete table inet cut");
  }

  @Override
  public void close() throws IOException {
    try {
      for (var end : List.of(gateway, city)) {
        if (Files.exists(path(end))) {
          ip("netns", "del", end);
        }
      }
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  private void nft(String rule) throws Exception {
    var line = new ArrayList<>(List.of("netns", "exec", city, Peer.path("nft").toString()));
    line.add(rule);
    ip(line.toArray(String[]::new));
  }

  private static void ip(String... arguments) throws IOException, InterruptedException {
    var ended = Peer.run("ip", List.of(arguments));
    if (ended.exit() != 0) {
      throw new IOException("ip %s: %s".formatted(String.join(" ", arguments), ended.output()));
    }
  }

  private static <T> T within(String end, Callable<T> body) throws Exception {
    var result = new CompletableFuture<T>();
    Thread.ofPlatform()
        .start(
            () -> {
              try {
                enter(end);
                result.complete(body.call());
              } catch (Throwable cause) {
                result.completeExceptionally(cause);
              }
            });
    try {
      return result.get();
    } catch (ExecutionException cause) {
      throw new AssertionError(end, cause.getCause());
    }
  }

  private static Path path(String end) {
    return Path.of("/run/netns", end);
  }

  private static void enter(String end) throws Throwable {
    try (var arena = Arena.ofConfined()) {
      var path = arena.allocateFrom(path(end).toString());
      int fd = (int) OPEN.invokeExact(path, CLOEXEC);
      int entered = (int) SETNS.invokeExact(fd, CLONE_NEWNET);
      if (fd < 0 || entered != 0) {
        throw new IOException("setns %s: are we root?".formatted(end));
      }
    }
  }
}
