package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Line;
import org.kerbside.drivers.api.LineSettings;

/**
 * RTU telegrams over a line, where nothing says which request an answer is for: the line is silent
 * before we ask, and who owes an answer is heard out before it is asked for something else.
 */
final class RtuWire implements Wire {

  // Modbus over Serial Line V1.02, 2.5.1.1: above 19200 the silence stays as it is there.
  private static final int SILENCE_BAUD = 19_200;
  private static final Duration FAST_SILENCE = Duration.ofNanos(1_750_000);
  private static final double SILENT_CHARACTERS = 3.5;

  private final Line line;
  private final LineSettings settings;
  private final LongSupplier nanos;
  private final Map<Integer, Set<Request>> unanswered = new HashMap<>(); // unit → what it owes

  /**
   * Over an open line.
   *
   * @param nanos monotonic time
   */
  RtuWire(Line line, LineSettings settings, LongSupplier nanos) {
    this.line = line;
    this.settings = settings;
    this.nanos = nanos;
  }

  @Override
  public Answer ask(int unit, Request request, Duration patience)
      throws Unavailable, InterruptedException {
    hearOut(unit, request, patience);
    awaitSilence(patience);
    line.write(RtuWindow.telegram(unit, request.pdu()));
    var answer = answer(unit, request, patience);
    if (answer instanceof Answer.Nothing) {
      unanswered.computeIfAbsent(unit, _ -> new HashSet<>()).add(request);
    }
    return answer;
  }

  private Answer answer(int unit, Request request, Duration patience)
      throws Unavailable, InterruptedException {
    var window = new RtuWindow(unit, request);
    // What we write goes out first, then theirs comes in: address, PDU and checksum each.
    int characters = request.pdu().length + request.answerLength() + 6;
    long deadline = nanos.getAsLong() + patience.plus(settings.time(characters)).toNanos();
    for (long left = deadline - nanos.getAsLong(); left > 0; left = deadline - nanos.getAsLong()) {
      byte[] pdu = window.take(line.read(Duration.ofNanos(left)));
      if (pdu != null) {
        return Answer.of(request, pdu);
      }
    }
    return new Answer.Nothing(window.reason());
  }

  /** A late answer to the same request is as good as one in time; to another it would be a lie. */
  private void hearOut(int unit, Request request, Duration patience)
      throws Unavailable, InterruptedException {
    var owed = unanswered.getOrDefault(unit, Set.of());
    if (owed.stream().noneMatch(other -> isTakenFor(other, request))) {
      return;
    }
    long deadline = nanos.getAsLong() + patience.toNanos();
    for (long left = patience.toNanos(); left > 0; left = deadline - nanos.getAsLong()) {
      line.read(Duration.ofNanos(left));
    }
    unanswered.remove(unit);
  }

  /** Whether an answer to the one, or a refusal of it, could pass for one to the other. */
  private static boolean isTakenFor(Request other, Request request) {
    return !other.equals(request) && other.pdu()[0] == request.pdu()[0];
  }

  /** For so long at most: a line that is never silent is no reason never to ask. */
  private void awaitSilence(Duration patience) throws Unavailable, InterruptedException {
    long deadline = nanos.getAsLong() + patience.toNanos();
    while (line.read(silence(settings)).length > 0 && nanos.getAsLong() < deadline) {
      // Noise, or who answers too late.
    }
  }

  /** The silence that ends a telegram: 3.5 characters. */
  static Duration silence(LineSettings settings) {
    return settings.baud() > SILENCE_BAUD ? FAST_SILENCE : settings.time(SILENT_CHARACTERS);
  }

  @Override
  public void close() {
    line.close();
  }
}
