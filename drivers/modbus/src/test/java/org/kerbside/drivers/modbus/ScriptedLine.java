package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import org.kerbside.drivers.api.Line;

/** A line on virtual time: what comes when after each writing is written down beforehand. */
final class ScriptedLine implements Line {

  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  /** Bytes, so long after what was written before them. */
  private record Coming(long at, String hex) {}

  private final Deque<List<Coming>> script = new ArrayDeque<>(); // an entry a writing
  private final Deque<Coming> coming = new ArrayDeque<>();
  private final List<String> written = new ArrayList<>();
  private final List<Long> writtenAt = new ArrayList<>();
  private long now;

  long nanos() {
    return now;
  }

  /** What was written, in hex. */
  List<String> written() {
    return written;
  }

  /** Milliseconds of each writing. */
  List<Long> writtenAt() {
    return writtenAt.stream().map(nanos -> nanos / 1_000_000).toList();
  }

  /**
   * What the next writing that has no script yet brings about.
   *
   * @param lines {@code millis: bytes}
   */
  ScriptedLine then(String... lines) {
    var entry = new ArrayList<Coming>();
    for (var line : lines) {
      int colon = line.indexOf(':');
      entry.add(
          new Coming(
              Long.parseLong(line.substring(0, colon)) * 1_000_000,
              line.substring(colon + 1).strip()));
    }
    script.add(entry);
    return this;
  }

  @Override
  public void write(byte[] telegram) {
    written.add(HEX.formatHex(telegram));
    writtenAt.add(now);
    var next = script.poll();
    if (next != null) {
      next.forEach(one -> coming.add(new Coming(now + one.at(), one.hex())));
    }
  }

  @Override
  public byte[] read(Duration patience) {
    var first = coming.peek();
    if (first != null && first.at() <= now + patience.toNanos()) {
      now = Math.max(now, first.at());
      coming.remove();
      return HEX.parseHex(first.hex());
    }
    now += patience.toNanos();
    return new byte[0];
  }

  @Override
  public void close() {}
}
