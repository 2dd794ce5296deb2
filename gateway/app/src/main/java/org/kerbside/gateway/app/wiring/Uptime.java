package org.kerbside.gateway.app.wiring;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How long the board has been up, over the ends of processes: wall clocks may be wrong.
 *
 * @param boot the board's start, as the kernel names it: 36 random characters
 * @param seconds since then, as {@code proc(5)} tells them
 */
record Uptime(String boot, double seconds) {

  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
  private static final Path UPTIME = Path.of("/proc/uptime");

  static Uptime now() throws IOException {
    var words = Files.readString(UPTIME).split(" ", 2);
    return new Uptime(Files.readString(BOOT).strip(), Double.parseDouble(words[0]));
  }
}
