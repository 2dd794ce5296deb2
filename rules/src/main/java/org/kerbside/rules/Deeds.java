package org.kerbside.rules;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Bridge;
import org.kerbside.gateway.model.Note;
import org.kerbside.gateway.model.Value;

/**
 * What people said that they did, by asset: when last, and whether on this civil day and the one
 * before. Not known is what was before anybody could have said it here. Belongs to its {@link
 * Memory}.
 */
final class Deeds {

  private long begun = Window.NEVER; // ns since boot: from then on people can say things
  private long today = Window.NEVER; // when the civil day began, likewise
  private long yesterday = Window.NEVER;
  private final Map<String, Long> last = new TreeMap<>(); // by asset/deed
  private final Map<String, Long> earlier = new TreeMap<>(); // the last before today

  void begin(long now) {
    begun = begun == Window.NEVER ? now : begun;
  }

  /** A civil day begins. */
  void day(long at) {
    yesterday = today;
    today = at;
    earlier.clear();
    earlier.putAll(last);
  }

  void say(String deed, long now) {
    last.put(deed, now);
  }

  /**
   * Whether it was said within a length; null when nobody knows.
   *
   * @param deed as {@link Deed#of(org.kerbside.gateway.model.Asset)} names it
   */
  Value.@Nullable Flag said(String deed, Length.Sayable length, long now) {
    return switch (length) {
      case Length.Last(var span) -> within(last.get(deed), now - span.toNanos() + 1);
      case Length.Day() -> today == Window.NEVER ? null : within(last.get(deed), today);
      case Length.Yesterday() ->
          yesterday == Window.NEVER ? null : within(earlier.get(deed), yesterday);
    };
  }

  private Value.@Nullable Flag within(@Nullable Long said, long from) {
    if (said != null && said >= from) {
      return Value.Flag.TRUE;
    }
    return begun <= from ? Value.Flag.FALSE : null;
  }

  /** When the answer may next change by time alone, ns since boot; after {@code now}. */
  long next(String deed, Length.Sayable length, long now, long midnight) {
    return switch (length) {
      case Length.Last(var span) -> {
        var said = last.get(deed);
        long end = (said == null ? begun : said) + span.toNanos();
        yield end > now ? end : Window.NEVER;
      }
      case Length.Day() -> midnight;
      case Length.Yesterday() -> midnight;
    };
  }

  /** Time has passed in which nobody could say anything: all of it is longer ago. */
  void age(long nanos) {
    begun = older(begun, nanos);
    today = older(today, nanos);
    yesterday = older(yesterday, nanos);
    last.replaceAll((key, at) -> at - nanos);
    earlier.replaceAll((key, at) -> at - nanos);
  }

  private static long older(long at, long nanos) {
    return at == Window.NEVER ? at : at - nanos;
  }

  Note note() {
    return new Note()
        .put("begun", begun)
        .put("today", today)
        .put("yesterday", yesterday)
        .put("last", note(last))
        .put("earlier", note(earlier));
  }

  private static Note note(Map<String, Long> times) {
    var note = new Note();
    times.forEach((name, at) -> note.put(name, at.longValue()));
    return note;
  }

  void recall(Note note, Bridge bridge) {
    if (note.isEmpty()) {
      return;
    }
    begun = time(note, "begun", bridge);
    today = time(note, "today", bridge);
    yesterday = time(note, "yesterday", bridge);
    recall(note.note("last"), last, bridge);
    recall(note.note("earlier"), earlier, bridge);
  }

  private static void recall(Note note, Map<String, Long> times, Bridge bridge) {
    note.facts().keySet().forEach(name -> times.put(name, time(note, name, bridge)));
  }

  private static long time(Note note, String name, Bridge bridge) {
    long at = note.whole(name);
    return at == Window.NEVER ? at : at + bridge.shift().toNanos();
  }
}
