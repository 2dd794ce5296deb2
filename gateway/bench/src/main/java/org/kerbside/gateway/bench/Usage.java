package org.kerbside.gateway.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * What a process has used, as the kernel counts it.
 *
 * @param cpuMillis of all its threads, user and system
 * @param written bytes that it caused to be sent to storage
 * @param rss resident bytes
 * @param pss resident bytes, shared pages by share
 * @param highest resident bytes at their highest
 */
record Usage(long cpuMillis, long written, long rss, long pss, long highest, long threads) {

  private static final long TICK_MILLIS = 10; // USER_HZ is 100 on every Linux we know
  private static final int USER = 11; // fields of stat behind the command's name
  private static final int SYSTEM = 12;

  static Usage of(long pid) throws IOException {
    var proc = Path.of("/proc", Long.toString(pid));
    var stat = Files.readString(proc.resolve("stat"));
    var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    long ticks = Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM]);
    var status = Files.readString(proc.resolve("status"));
    return new Usage(
        ticks * TICK_MILLIS,
        number(Files.readString(proc.resolve("io")), "write_bytes"),
        1024 * number(status, "VmRSS"),
        1024 * number(Files.readString(proc.resolve("smaps_rollup")), "Pss"),
        1024 * number(status, "VmHWM"),
        number(status, "Threads"));
  }

  private static long number(String text, String name) {
    var found = Pattern.compile("(?m)^" + name + ":\\s*(\\d+)").matcher(text);
    if (!found.find()) {
      throw new IllegalStateException("the kernel tells no " + name);
    }
    return Long.parseLong(found.group(1));
  }
}
