package org.kerbside.gateway.uplink;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.kerbside.gateway.model.Stream;

/**
 * Frames that the broker refuses time and again. They are passed over, so that what comes after
 * them goes on, and tried again at long intervals. One that is refused for what it is, while others
 * of its topic are taken, is set aside in the end. Outlives connections; confined to the uplink's
 * thread.
 */
final class Suspects {

  /** Refused so often, a frame is passed over; before that the broker may just be full. */
  static final int PASSED_OVER = 3;

  /** Refused so often by itself, a frame is given up once its time is over, too. */
  static final int GIVEN_UP = 5;

  /** More are not looked after: a broker that refuses so many refuses everything. */
  static final int MOST = 64;

  static final int PACKET_TOO_LARGE = 0x95;
  private static final int PAYLOAD_FORMAT_INVALID = 0x99;

  record Key(Stream stream, long seq) {}

  /** What becomes of a frame that was just refused. */
  enum Verdict {
    /** The broker may be full, or forbid everything: frames wait. */
    HOLD,
    /** This frame is passed over now, for the first time. */
    PASS_OVER,
    /** It was passed over before, and is still. */
    PASSED_OVER,
    /** It will never be taken. */
    SET_ASIDE
  }

  private final Duration patience;
  private final Map<Key, Case> cases = new LinkedHashMap<>();
  private final Map<String, Long> taken = new HashMap<>(); // by topic, when; three topics

  /**
   * @param patience how long a frame is tried before it is set aside
   */
  Suspects(Duration patience) {
    this.patience = patience;
  }

  boolean passesOver(Stream stream, long seq) {
    if (cases.isEmpty()) {
      return false;
    }
    var known = cases.get(new Key(stream, seq));
    return known != null && known.tries >= PASSED_OVER;
  }

  void taken(Stream stream, long seq, String topic, long nanos) {
    taken.put(topic, nanos);
    if (!cases.isEmpty()) {
      cases.remove(new Key(stream, seq));
    }
  }

  Verdict refused(Stream stream, long seq, String topic, int code, long nanos) {
    var key = new Key(stream, seq);
    var known = cases.get(key);
    if (known == null) {
      if (!makeRoom()) {
        return Verdict.HOLD;
      }
      known = new Case(nanos);
      cases.put(key, known);
    }
    boolean wasPassedOver = known.tries >= PASSED_OVER;
    // One that is too large stays so however often it goes.
    known.tries =
        code == PACKET_TOO_LARGE ? Math.max(PASSED_OVER, known.tries + 1) : known.tries + 1;
    if (isForWhatItIs(code) || wasTakenSince(topic, known.first)) {
      known.byItself++;
    }
    known.due = nanos + patience.dividedBy(GIVEN_UP).toNanos();
    if (known.byItself >= GIVEN_UP && nanos - known.first >= patience.toNanos()) {
      known.isSetAside = true;
      return Verdict.SET_ASIDE;
    }
    return wasPassedOver
        ? Verdict.PASSED_OVER
        : known.tries >= PASSED_OVER ? Verdict.PASS_OVER : Verdict.HOLD;
  }

  /** The frames to try again now. */
  List<Key> due(long nanos) {
    var due = new ArrayList<Key>(0);
    for (var entry : cases.entrySet()) {
      var known = entry.getValue();
      if (known.tries >= PASSED_OVER && nanos - known.due >= 0) {
        known.due = nanos + patience.dividedBy(GIVEN_UP).toNanos();
        due.add(entry.getKey());
      }
    }
    return due;
  }

  /** The city has it after all, or knows that it never will. */
  void forget(Key key) {
    cases.remove(key);
  }

  private boolean wasTakenSince(String topic, long first) {
    var last = taken.get(topic);
    return last != null && last - first >= 0;
  }

  private static boolean isForWhatItIs(int code) {
    return code == PACKET_TOO_LARGE || code == PAYLOAD_FORMAT_INVALID;
  }

  private boolean makeRoom() {
    if (cases.size() == MOST) {
      cases.values().removeIf(known -> known.isSetAside);
    }
    return cases.size() < MOST;
  }

  private static final class Case {

    final long first;
    long due;
    int tries;
    int byItself; // refusals that say something of this frame, and not of the broker
    boolean isSetAside;

    Case(long first) {
      this.first = first;
    }
  }
}
