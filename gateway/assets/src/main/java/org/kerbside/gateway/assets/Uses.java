package org.kerbside.gateway.assets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/** Occupied → how often a stall was used: one for each occupation that lasts long enough. */
record Uses(Point uses) implements Step<Uses.Memo> {

  private static final Duration LEAST = Duration.ofSeconds(20);

  /** An occupation as the count sees it. */
  enum Counted {
    NOBODY,
    NOT_YET,
    YES
  }

  /**
   * What is remembered.
   *
   * @param since when the occupation began, since boot
   */
  record Memo(long times, Counted counted, Duration since) implements Step.Memo {

    @Override
    public void note(Notes notes) {
      if (times > 0 || counted != Counted.NOBODY) {
        notes.put("times", times).put("counted", counted).time("since", since);
      }
    }
  }

  static @Nullable Uses of(Asset stall) {
    var uses = stall.point("uses");
    return uses == null ? null : new Uses(uses);
  }

  @Override
  public Point thing() {
    return uses;
  }

  @Override
  public Memo start() {
    return new Memo(0, Counted.NOBODY, Duration.ZERO);
  }

  @Override
  public Memo recall(Notes notes) {
    var since = notes.time("since");
    return new Memo(
        notes.whole("times"),
        notes.word("counted", Counted.NOBODY),
        since == null ? Duration.ZERO : since);
  }

  @Override
  public @Nullable Duration wake(Memo memo) {
    return memo.counted() == Counted.NOT_YET ? memo.since().plus(LEAST) : null;
  }

  @Override
  public Memo follow(Memo before, @Nullable Reading occupied, Turn turn) {
    var memo = new Memo(turn.atLeast(uses, before.times()), before.counted(), before.since());
    var now = turn.now().sinceBoot();
    var next = occupied == null ? memo : heard(memo, occupied, now);
    if (next.counted() == Counted.NOT_YET && now.minus(next.since()).compareTo(LEAST) >= 0) {
      next = new Memo(next.times() + 1, Counted.YES, next.since());
    }
    turn.tell(uses, new Value.Num((double) next.times()), Quality.GOOD, null);
    return next;
  }

  /** Unknown ends nothing: who is there when it is known again was there before. */
  private static Memo heard(Memo memo, Reading occupied, Duration now) {
    if (!(occupied.value() instanceof Value.Flag(var isOccupied))) {
      return memo;
    }
    if (!isOccupied) {
      return new Memo(memo.times(), Counted.NOBODY, now);
    }
    return memo.counted() == Counted.NOBODY ? new Memo(memo.times(), Counted.NOT_YET, now) : memo;
  }
}
