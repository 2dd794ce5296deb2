package org.kerbside.gateway.app;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;

/**
 * One datagram to a Unix socket, for which the JDK has no door: {@code socket}, {@code sendto},
 * {@code close}. Linux only; thread-safe.
 */
final class UnixDatagram {

  private static final int AF_UNIX = 1;
  private static final int SOCK_DGRAM = 2;
  private static final int SOCK_CLOEXEC = 0x80000;
  private static final int MSG_DONTWAIT = 0x40; // Who listens may be stuck; we are not to be.
  private static final int FAMILY = 2; // bytes of sun_family
  private static final int LONGEST = 108; // bytes of sun_path

  private static final MethodHandle SOCKET =
      find("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));
  private static final MethodHandle SENDTO =
      find(
          "sendto",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT, ADDRESS, JAVA_INT));
  private static final MethodHandle CLOSE =
      find("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));

  private final byte[] name; // as sun_path has it

  /**
   * @param address a path, or {@code @} and an abstract name
   */
  UnixDatagram(String address) {
    name = address.getBytes(StandardCharsets.UTF_8);
    if (name.length == 0 || name.length >= LONGEST) {
      throw new IllegalArgumentException(
          "'%s' is no socket's name: expected 1 to %d bytes".formatted(address, LONGEST - 1));
    }
    if (name[0] == '@') {
      name[0] = 0;
    }
  }

  /** Sends it at once, or not at all. */
  void send(String message) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var bytes = arena.allocateFrom(JAVA_BYTE, message.getBytes(StandardCharsets.UTF_8));
      var errno = arena.allocate(Linker.Option.captureStateLayout());
      int socket = (int) SOCKET.invokeExact(errno, AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
      if (socket < 0) {
        throw refused("socket", errno);
      }
      try {
        long sent =
            (long)
                SENDTO.invokeExact(
                    errno, socket, bytes, bytes.byteSize(), MSG_DONTWAIT, address(arena), length());
        if (sent < 0) {
          throw refused("sendto", errno);
        }
      } finally {
        int ignored = (int) CLOSE.invokeExact(errno, socket);
      }
    } catch (IOException refused) {
      throw refused;
    } catch (Throwable thrown) {
      throw new IllegalStateException("a Unix socket: not called as it is declared", thrown);
    }
  }

  private MemorySegment address(Arena arena) {
    var address = arena.allocate(FAMILY + LONGEST, FAMILY);
    address.set(JAVA_SHORT, 0, (short) AF_UNIX);
    address.asSlice(FAMILY).copyFrom(MemorySegment.ofArray(name));
    return address;
  }

  /** An abstract name ends where its length says, a path at its zero. */
  private int length() {
    return FAMILY + name.length + (name[0] == 0 ? 0 : 1);
  }

  private IOException refused(String call, MemorySegment errno) {
    var where = Linker.Option.captureStateLayout();
    int number =
        errno.get(JAVA_INT, where.byteOffset(MemoryLayout.PathElement.groupElement("errno")));
    return new IOException("%s: errno %d".formatted(call, number));
  }

  @SuppressWarnings("restricted") // native access is what this class is for
  private static MethodHandle find(String name, FunctionDescriptor function) {
    var linker = Linker.nativeLinker();
    return linker.downcallHandle(
        linker.defaultLookup().findOrThrow(name),
        function,
        Linker.Option.captureCallState("errno"));
  }
}
