package org.kerbside.gateway.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** A Linux machine's clocks: the JDK's, and what the kernel or systemd says of them. */
final class LinuxBoard implements Board {

  /** Made by systemd-timesyncd when it has heard its server, once a boot. */
  private static final Path TOLD_BY_SYSTEMD = Path.of("/run/systemd/timesync/synchronized");

  private static final Path BATTERY_CLOCK = Path.of("/sys/class/rtc/rtc0");
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** The kernel itself calls a clock that may be farther off unsynchronised. */
  private static final Duration FARTHEST = Duration.ofSeconds(16);

  private final Adjtimex adjtimex = new Adjtimex();

  @Override
  public long nanos() {
    return System.nanoTime();
  }

  @Override
  public Instant wall() {
    return Instant.now();
  }

  @Override
  public Kernel kernel() {
    var answer = adjtimex.ask();
    return answer == null ? toldBySystemd() : answer;
  }

  /** Weaker than the kernel's own word, and at once. */
  static Kernel toldBySystemd() {
    return Files.exists(TOLD_BY_SYSTEMD) ? new Kernel.Synchronised(FARTHEST) : new Kernel.Free();
  }

  /** Whether its wall clock goes on while it is off: on x86 always, from CMOS or the hypervisor. */
  static Lasting lasting() {
    return System.getProperty("os.arch", "").equals("amd64") || Files.exists(BATTERY_CLOCK)
        ? Lasting.GOES_ON_WHILE_OFF
        : Lasting.STANDS_WHILE_OFF;
  }

  /** The name of this boot of the machine; empty where it has none. */
  static String boot() {
    try {
      return Files.readString(BOOT).strip();
    } catch (IOException none) {
      return "";
    }
  }

  /** What the wall clock does while the machine has no power. */
  enum Lasting {
    GOES_ON_WHILE_OFF,
    STANDS_WHILE_OFF
  }
}
