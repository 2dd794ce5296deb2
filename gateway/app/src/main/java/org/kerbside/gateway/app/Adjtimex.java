package org.kerbside.gateway.app;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * {@code adjtimex(2)}, asked and never told: the kernel's word on its own wall clock. Belongs to
 * one thread.
 */
final class Adjtimex {

  private static final int TIME_ERROR = 5; // sys/timex.h: not synchronised
  private static final int STA_UNSYNC = 0x40;

  // struct timex: an int, then long offset, freq, maxerror, esterror and int status.
  private static final long LONG = ValueLayout.ADDRESS.byteSize();
  private static final long MAXERROR = 3 * LONG;
  private static final long STATUS = 5 * LONG;
  private static final long SIZE = 512; // 208 today, and the kernel writes no more than it has

  private @Nullable MethodHandle call; // made when it is first asked
  private boolean sought;

  /** The kernel's answer; null where it gives none: another system, or a jail that forbids it. */
  @Nullable Kernel ask() {
    if (!sought) {
      sought = true;
      call = find();
    }
    return call == null ? null : ask(call);
  }

  private static @Nullable Kernel ask(MethodHandle call) {
    try (var arena = Arena.ofConfined()) {
      var timex = arena.allocate(SIZE, LONG);
      int state = (int) call.invokeExact(timex);
      if (state < 0) {
        return null;
      }
      boolean free =
          state == TIME_ERROR || (timex.get(ValueLayout.JAVA_INT, STATUS) & STA_UNSYNC) != 0;
      return free
          ? new Kernel.Free()
          : new Kernel.Synchronised(Duration.ofNanos(1_000 * number(timex, MAXERROR)));
    } catch (Throwable thrown) {
      throw new IllegalStateException("adjtimex: not called as it is declared", thrown);
    }
  }

  private static long number(MemorySegment timex, long offset) {
    return LONG == Long.BYTES
        ? timex.get(ValueLayout.JAVA_LONG, offset)
        : timex.get(ValueLayout.JAVA_INT, offset);
  }

  @SuppressWarnings("restricted") // native access is what this class is for
  private static @Nullable MethodHandle find() {
    var linker = Linker.nativeLinker();
    return linker
        .defaultLookup()
        .find("adjtimex")
        .map(
            function ->
                linker.downcallHandle(
                    function, FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS)))
        .orElse(null);
  }
}
