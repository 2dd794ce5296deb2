package org.kerbside.gateway.app;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Chronicle.Pages;
import org.kerbside.gateway.model.Clock;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Event;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Point;
import org.kerbside.rules.AlarmNote;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What happened lately, on the disk for the next start: the journal frees events once the city has
 * them. Two files of {@value #MOST} notes at most, the older of which goes for the next; an event
 * is on the card when {@link #keep} returns. Nobody was promised it: what cannot be written or read
 * is left out, and from when on it is whole is told with it. Thread-safe; waits for the disk.
 */
public final class Diary implements AutoCloseable {

  static final String FILE = "lately";
  private static final String OLDER = "lately.old";

  private static final Logger LOG = LoggerFactory.getLogger(Diary.class);
  private static final int MOST = 1_000;
  private static final int LARGEST = 64 << 10; // bytes of an event; one has a few hundred

  private final Path folder;
  private final EventNote notes;
  private final Clock clock;

  // Guarded by this.
  private @Nullable FileChannel channel;
  private @Nullable List<Chapter> earlier; // what was there; null until it was looked at
  private int kept; // in the newer file
  private boolean isWhole; // nothing is missing since the last chapter that begins anew
  private boolean isTorn; // what was there when it was looked at
  private boolean isRefused; // by the disk, and told

  /** What one process wrote, from its begin on: times since boot are of one scale within it. */
  private record Chapter(Moment begun, boolean isAnew, List<Note> events) {

    /** How times of it are told by a clock now. */
    Bridge bridge(Moment now, Duration end) {
      var known = begun.clock() == ClockQuality.NONE ? null : begun;
      var last = begun.sinceBoot();
      for (var event : events) {
        var at = event.moment("at");
        if (at != null) {
          known = at.clock() == ClockQuality.NONE ? known : at;
          last = at.sinceBoot();
        }
      }
      var shift =
          known == null || now.clock() == ClockQuality.NONE
              ? end.minus(last) // as if nothing lay between it and the next
              : now.at(known.wall()).sinceBoot().minus(known.sinceBoot());
      return new Bridge(shift, now);
    }
  }

  /**
   * @param assets those of the site, whose points an alarm's inputs name
   */
  public Diary(Path folder, List<Asset> assets, Clock clock) {
    this.folder = folder;
    this.clock = clock;
    var points = new HashMap<String, Point>();
    for (var asset : assets) {
      asset.points().forEach(point -> points.put(point.id().toString(), point));
    }
    notes = new EventNote(new AlarmNote(points));
  }

  /** Keeps those that people ask about later. */
  synchronized void keep(List<Event> events) {
    var told = events.stream().flatMap(event -> Stream.ofNullable(EventNote.of(event))).toList();
    if (told.isEmpty()) {
      return;
    }
    try {
      for (var note : told) {
        if (channel == null || kept >= MOST) {
          begin();
        }
        write(note);
      }
      opened().force(false);
      isRefused = false;
    } catch (IOException refused) {
      if (!isRefused) {
        LOG.warn("{}: not written: '{}'; a restart will not know", FILE, refused.toString());
      }
      isRefused = true;
      isWhole = false;
      close();
    }
  }

  /** What earlier processes kept, as of now; since when it is whole is absent where it is not. */
  synchronized Pages earlier() {
    var now = clock.now();
    var events = new ArrayList<Event>(); // newest first
    Moment since = null;
    var end = now.sinceBoot();
    for (var chapter : read().reversed()) {
      var bridge = chapter.bridge(now, end);
      for (var note : chapter.events().reversed()) {
        var event = notes.read(note, bridge);
        if (event != null) {
          events.add(event);
        }
      }
      since = bridge.over(chapter.begun());
      end = since.sinceBoot();
      if (chapter.isAnew()) {
        break; // What was before is not whole.
      }
    }
    return new Pages(isTorn ? null : since, events);
  }

  /** A new chapter; in a new file where the old one is full. */
  private void begin() throws IOException {
    close();
    read();
    var file = folder.resolve(FILE);
    if (kept >= MOST) {
      Files.move(file, folder.resolve(OLDER), StandardCopyOption.REPLACE_EXISTING);
      kept = 0;
    }
    channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    write(new Note().put("begun", clock.now()).put("anew", !isWhole));
    isWhole = true;
  }

  private FileChannel opened() throws IOException {
    var open = channel;
    if (open == null) {
      throw new ClosedChannelException();
    }
    return open;
  }

  private void write(Note note) throws IOException {
    var open = opened();
    var body = SnapshotBytes.write(note);
    var bytes = ByteBuffer.allocate(Integer.BYTES + body.length).putInt(body.length).put(body);
    long end = open.size();
    bytes.flip();
    try {
      while (bytes.hasRemaining()) {
        open.write(bytes);
      }
    } catch (IOException refused) {
      open.truncate(end); // Nothing stands behind what is torn.
      throw refused;
    }
    kept++;
  }

  /** What was there before this process wrote; looked at once. */
  private List<Chapter> read() {
    var found = earlier;
    if (found == null) {
      found = new ArrayList<>();
      for (var name : List.of(OLDER, FILE)) {
        kept = read(folder.resolve(name), found);
      }
      isWhole = !found.isEmpty() && !isTorn;
      earlier = Collections.unmodifiableList(found);
    }
    return found;
  }

  /** How many notes; what is torn, as by a power cut, ends the file. */
  private int read(Path file, List<Chapter> found) {
    long whole = 0;
    int count = 0;
    try (var in = new DataInputStream(Files.newInputStream(file))) {
      while (in.available() >= Integer.BYTES && count < MOST) {
        int length = in.readInt();
        if (length < 0 || length > LARGEST) {
          break;
        }
        var note = SnapshotBytes.note(in.readNBytes(length));
        var begun = note.moment("begun");
        if (begun != null) {
          found.add(new Chapter(begun, note.flag("anew"), new ArrayList<>()));
        } else if (!found.isEmpty()) {
          found.getLast().events().add(note);
        }
        count++;
        whole += Integer.BYTES + length;
      }
    } catch (NoSuchFileException none) {
      return 0;
    } catch (IOException | SnapshotBytes.Unreadable torn) {
      LOG.warn("{}: ends at byte {}: '{}'", file.getFileName(), whole, torn.getMessage());
    }
    cut(file, whole);
    return count;
  }

  private void cut(Path file, long whole) {
    try (var open = FileChannel.open(file, StandardOpenOption.WRITE)) {
      isTorn |= open.size() > whole;
      open.truncate(whole);
    } catch (IOException stuck) {
      LOG.warn("{}: '{}'", file.getFileName(), stuck.toString());
    }
  }

  @Override
  public synchronized void close() {
    var open = channel;
    channel = null;
    try {
      if (open != null) {
        open.close();
      }
    } catch (IOException stuck) {
      LOG.warn("{}: not closed: '{}'", FILE, stuck.toString());
    }
  }
}
