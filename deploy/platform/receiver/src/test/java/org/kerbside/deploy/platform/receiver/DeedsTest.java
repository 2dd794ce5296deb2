package org.kerbside.deploy.platform.receiver;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A city that has events of which somebody has changed, taken out or put elsewhere some. */
class DeedsTest {

  private static final Place EVENTS = new Place("kerbside/1/q/G-1", "01K4Z6R0YH", "e");

  @TempDir private Path folder;

  @Test
  void aChainIsWholeWithOtherEventsBetween() throws Exception {
    assertThat(verified(told("a", null, "b", "c")).isWhole()).isTrue();
  }

  @Test
  void whatWasChangedIsTold() throws Exception {
    var frames = told("a", "b", "c");
    frames.set(1, changed(frames.get(1), "\"b\"", "\"x\""));
    var verified = verified(frames);
    var said = new StringWriter();
    verified.print(new PrintWriter(said, true));
    assertThat(said.toString()).contains("audit event 3 hangs on no other that came", "not whole");
    assertThat(verified.isWhole()).isFalse();
  }

  @Test
  void whatWasTakenOutOrPutElsewhereIsTold() throws Exception {
    var other = told("a", "b", "c", "d");
    var frames = told("a", "b", "c", "d");
    frames.set(1, event(2, "health", "x", ""));
    assertThat(unchained(frames)).containsExactly(3L);
    frames.set(1, at(2, other.get(2)));
    frames.set(2, at(3, other.get(1)));
    assertThat(unchained(frames)).containsExactly(2L, 3L, 4L);
    frames.set(0, event(1, "health", "x", ""));
    assertThat(unchained(frames)).contains(2L);
  }

  @Test
  void nothingIsSaidOfWhatHasNotCome() throws Exception {
    var frames = told("a", "b", "c", "d");
    frames.remove(1);
    frames.remove(0);
    assertThat(unchained(frames)).isEmpty();
  }

  /** Seqs from 1; null is an event that nobody did. */
  private static List<Frame> told(@Nullable String... subjects) throws Exception {
    var frames = new ArrayList<Frame>();
    var link = hash(EVENTS.epoch());
    for (var subject : subjects) {
      int seq = frames.size() + 1;
      if (subject == null) {
        frames.add(event(seq, "health", "x", ""));
      } else {
        var before = "\"before\":\"%s\",".formatted(link);
        frames.add(event(seq, "audit", subject, before));
        link = hash("{\"clock\":\"sync\"," + tail("audit", subject, before));
      }
    }
    return frames;
  }

  private static Frame event(long seq, String kind, String subject, String before) {
    var head =
        "{\"v\":1,\"gw\":\"G-1\",\"epoch\":\"01K4Z6R0YH\",\"stream\":\"e\",\"seq\":%d,\"clock\":\"sync\","
            .formatted(seq);
    return new Frame(EVENTS, seq, (head + tail(kind, subject, before)).getBytes(UTF_8), null);
  }

  private static String tail(String kind, String subject, String before) {
    return "\"kind\":\"%s\",%s\"at\":1790000000.25,\"subject\":\"%s\"}"
        .formatted(kind, before, subject);
  }

  private static Frame changed(Frame frame, String from, String to) {
    var body = new String(frame.body(), UTF_8).replace(from, to);
    return new Frame(EVENTS, frame.seq(), body.getBytes(UTF_8), null);
  }

  private static Frame at(long seq, Frame frame) {
    var moved = changed(frame, "\"seq\":" + frame.seq(), "\"seq\":" + seq);
    return new Frame(EVENTS, seq, moved.body(), null);
  }

  private static String hash(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  private List<Long> unchained(List<Frame> frames) throws Exception {
    return verified(frames).rows().getFirst().unchained();
  }

  private Verification verified(List<Frame> frames) throws Exception {
    var file = Files.createTempDirectory(folder, "store").resolve("received.db");
    try (var store = Store.open(file)) {
      store.keep(frames, Map.of(), List.of(), 1);
      return Verification.of(store);
    }
  }
}
