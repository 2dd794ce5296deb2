package org.kerbside.deploy.demo.peers;

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
import java.lang.invoke.MethodHandle;

/**
 * What a pseudo-terminal wants of the system's C library, see {@code pty(7)}. Numbers as Linux has
 * them on x86-64 and on ARM. From any thread; nothing here waits.
 */
final class Libc {

  /** {@code O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC}. */
  private static final int FLAGS = 0x2 | 0x100 | 0x800 | 0x80000;

  private static final int POLLIN = 0x1;
  private static final int POLLHUP = 0x10;
  private static final long EVENTS = 4; // struct pollfd: an int, then two shorts
  private static final long RETURNED = 6;

  private static final int NAME = 64; // bytes of /dev/pts/ and a number
  private static final int TERMIOS = 128; // bytes; 60 in use

  private static final MethodHandle OPENPT = call("posix_openpt", JAVA_INT);
  private static final MethodHandle GRANT = call("grantpt", JAVA_INT);
  private static final MethodHandle UNLOCK = call("unlockpt", JAVA_INT);
  private static final MethodHandle NAME_OF = call("ptsname_r", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle GET = call("tcgetattr", JAVA_INT, ADDRESS);
  private static final MethodHandle SET = call("tcsetattr", JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle MAKE_RAW = call("cfmakeraw", ADDRESS);
  private static final MethodHandle POLL = call("poll", ADDRESS, JAVA_LONG, JAVA_INT);
  private static final MethodHandle READ = call("read", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE = call("write", JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = call("close", JAVA_INT);

  private Libc() {}

  /** Opens a new one; the file number of our end. */
  static int openTerminal() throws IOException {
    int ours = called("posix_openpt", (int) invoked(OPENPT, FLAGS));
    called("grantpt", (int) invoked(GRANT, ours));
    called("unlockpt", (int) invoked(UNLOCK, ours));
    return ours;
  }

  /** The device file of the other end, as {@code /dev/pts/5}. */
  static String otherEnd(int ours) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var name = arena.allocate(NAME);
      if ((int) invoked(NAME_OF, ours, name, (long) NAME) != 0) {
        throw new IOException("ptsname_r is refused");
      }
      return name.getString(0);
    }
  }

  /** Bytes go through as they are: no echo, no lines, no Ctrl-C. */
  static void makeRaw(int ours) throws IOException {
    try (var arena = Arena.ofConfined()) {
      var termios = arena.allocate(TERMIOS, Long.BYTES);
      called("tcgetattr", (int) invoked(GET, ours, termios));
      invoked(MAKE_RAW, termios);
      called("tcsetattr", (int) invoked(SET, ours, 0, termios));
    }
  }

  /** Whether anybody has the other end open. */
  static boolean isHeard(int ours) {
    return (polled(ours) & POLLHUP) == 0;
  }

  /** What has come, at most so much; nothing where nothing has. */
  static byte[] read(int ours, int most) {
    if ((polled(ours) & POLLIN) == 0) {
      return new byte[0];
    }
    try (var arena = Arena.ofConfined()) {
      var bytes = arena.allocate(most);
      long count = (long) invoked(READ, ours, bytes, (long) most);
      return bytes.asSlice(0, Math.max(0, count)).toArray(JAVA_BYTE);
    }
  }

  /** How many bytes found room. */
  static long write(int ours, byte[] bytes) {
    try (var arena = Arena.ofConfined()) {
      var room = arena.allocateFrom(JAVA_BYTE, bytes);
      return Math.max(0, (long) invoked(WRITE, ours, room, (long) bytes.length));
    }
  }

  static void close(int file) {
    invoked(CLOSE, file);
  }

  private static int polled(int ours) {
    try (var arena = Arena.ofConfined()) {
      var poll = arena.allocate(Long.BYTES, Integer.BYTES);
      poll.set(JAVA_INT, 0, ours);
      poll.set(JAVA_SHORT, EVENTS, (short) POLLIN);
      invoked(POLL, poll, 1L, 0);
      return poll.get(JAVA_SHORT, RETURNED);
    }
  }

  private static int called(String what, int result) throws IOException {
    if (result < 0) {
      throw new IOException(what + " is refused: are there pseudo-terminals, ls /dev/pts?");
    }
    return result;
  }

  private static Object invoked(MethodHandle call, Object... arguments) {
    try {
      var result = call.invokeWithArguments(arguments);
      return result == null ? 0 : result;
    } catch (Throwable thrown) {
      throw new IllegalStateException("not called as it is declared", thrown);
    }
  }

  /** All of them answer an int, but for those that count bytes and the one that answers nothing. */
  @SuppressWarnings("restricted") // native access is what this class is for
  private static MethodHandle call(String name, MemoryLayout... arguments) {
    var linker = Linker.nativeLinker();
    var shape =
        switch (name) {
          case "read", "write" -> FunctionDescriptor.of(JAVA_LONG, arguments);
          case "cfmakeraw" -> FunctionDescriptor.ofVoid(arguments);
          default -> FunctionDescriptor.of(JAVA_INT, arguments);
        };
    return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), shape);
  }
}
