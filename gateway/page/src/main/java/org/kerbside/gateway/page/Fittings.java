package org.kerbside.gateway.page;

import java.util.LinkedHashMap;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.CrewDoor;
import org.kerbside.gateway.model.Outcome;

/**
 * What programs say was measured or fitted: kept once per id, the way of the page's own forms. The
 * last {@value #KEPT} ends are remembered until the gateway begins again. Thread-safe; one at a
 * time, and waits for the disk.
 */
final class Fittings {

  private static final int KEPT = 64;

  private final Shown shown;
  private final SequencedMap<String, Ended> ends = new LinkedHashMap<>(); // guarded by this

  /** What was asked for under an id, and how that ended. */
  private record Ended(CommandBody asked, Outcome outcome) {}

  Fittings(Shown shown) {
    this.shown = shown;
  }

  /**
   * Has it kept.
   *
   * @param worker who says so
   */
  synchronized Outcome ask(CommandBody body, String worker) {
    var before = ends.get(body.id());
    if (before != null && before.asked().equals(body)) {
      return before.outcome();
    }
    if (before != null || isCommand(shown.crew(), body.id())) {
      return new Outcome.Rejected("conflict");
    }
    var why = kept(body, worker);
    var outcome = why == null ? new Outcome.Done(null) : new Outcome.Rejected(why);
    ends.putLast(body.id(), new Ended(body, outcome));
    if (ends.size() > KEPT) {
      ends.pollFirstEntry();
    }
    return outcome;
  }

  /** How one of the last ended; null when there was none of that id. */
  synchronized @Nullable Outcome ended(String id) {
    var ended = ends.get(id);
    return ended == null ? null : ended.outcome();
  }

  private static boolean isCommand(CrewDoor crew, String id) {
    return crew.knows(id) || crew.ended(id) != null;
  }

  private @Nullable String kept(CommandBody body, String worker) {
    if (body.op().equals("calibrate")) {
      return shown.fitter().calibrate(body.subject(), body.set(), worker);
    }
    // Asked again when the gateway has begun again for it, it is so already.
    return isBound(body)
        ? null
        : shown.fitter().bind(body.subject(), body.from(), body.set(), worker);
  }

  private boolean isBound(CommandBody body) {
    return shown.machine().fittings(body.subject()).stream()
        .anyMatch(fitting -> fitting.at().equals(body.set().get("at")));
  }
}
