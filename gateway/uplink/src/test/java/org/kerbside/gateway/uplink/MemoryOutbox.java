package org.kerbside.gateway.uplink;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Outbox;
import org.kerbside.gateway.model.Rendered;
import org.kerbside.gateway.model.StoredFrame;
import org.kerbside.gateway.model.Stream;

/** A journal's outbox without a disk. */
final class MemoryOutbox implements Outbox {

  private final Map<Stream, SortedMap<Long, StoredFrame>> kept = new EnumMap<>(Stream.class);
  private final Map<Stream, SortedMap<Long, StoredFrame>> stored = new EnumMap<>(Stream.class);
  private final Map<Stream, Long> last = new EnumMap<>(Stream.class);
  private @Nullable Runnable wake;
  private long spared;

  MemoryOutbox() {
    for (var stream : Stream.values()) {
      kept.put(stream, new TreeMap<>());
      stored.put(stream, new TreeMap<>());
      last.put(stream, 0L);
    }
  }

  void commit(Stream stream, int frames) {
    for (int i = 0; i < frames; i++) {
      commit(stream);
    }
  }

  void commit(Stream stream) {
    commit(stream, "");
  }

  /**
   * @param more text that only this frame has
   */
  void commit(Stream stream, String more) {
    var runnable = append(stream, more);
    if (runnable != null) {
      runnable.run();
    }
  }

  private synchronized @Nullable Runnable append(Stream stream, String more) {
    long seq = last(stream) + 1;
    last.put(stream, seq);
    var text = "{\"stream\":\"%s\",\"seq\":%d}%s".formatted(stream.word(), seq, more);
    var rendered = new Rendered(text.getBytes(UTF_8), Rendered.Encoding.PLAIN);
    frames(stream).put(seq, new StoredFrame(stream, seq, rendered));
    stored(stream).put(seq, new StoredFrame(stream, seq, rendered));
    return wake;
  }

  @Override
  public String epoch() {
    return "01K4Z6R0YH";
  }

  @Override
  public synchronized long last(Stream stream) {
    return Objects.requireNonNull(last.get(stream));
  }

  @Override
  public synchronized List<StoredFrame> unacknowledged(
      Stream stream, long from, long to, int most) {
    var found = new ArrayList<StoredFrame>();
    for (var frame : frames(stream).tailMap(from).values()) {
      if (frame.seq() > to || found.size() == most) {
        break;
      }
      found.add(frame);
    }
    return found;
  }

  @Override
  public synchronized long waiting(Stream stream) {
    return frames(stream).size();
  }

  @Override
  public synchronized void acknowledge(Stream stream, long seq) {
    frames(stream).remove(seq);
  }

  @Override
  public synchronized void acknowledge(Stream stream, long first, long last) {
    frames(stream).keySet().removeIf(seq -> seq >= first && seq <= last);
  }

  @Override
  public synchronized List<StoredFrame> kept(Stream stream, long from, long to, int most) {
    return stored(stream).tailMap(from).values().stream()
        .filter(frame -> frame.seq() <= to)
        .limit(most)
        .toList();
  }

  /** The text of every frame that was ever committed and not dropped. */
  synchronized List<String> all(Stream stream) {
    return stored(stream).values().stream()
        .map(frame -> new String(frame.rendered().payload(), UTF_8))
        .toList();
  }

  /** As the quota does it: nobody can have them again. */
  synchronized void drop(Stream stream, long first, long last) {
    acknowledge(stream, first, last);
    stored(stream).keySet().removeIf(seq -> seq >= first && seq <= last);
  }

  @Override
  public synchronized void spare(long upTo) {
    spared = upTo;
  }

  @Override
  public synchronized long spared() {
    return spared;
  }

  @Override
  public synchronized void whenCommitted(Runnable runnable) {
    wake = runnable;
  }

  private SortedMap<Long, StoredFrame> stored(Stream stream) {
    return Objects.requireNonNull(stored.get(stream));
  }

  private SortedMap<Long, StoredFrame> frames(Stream stream) {
    return Objects.requireNonNull(kept.get(stream));
  }
}
