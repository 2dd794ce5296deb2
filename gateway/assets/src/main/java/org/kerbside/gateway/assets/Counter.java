package org.kerbside.gateway.assets;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.ClockQuality;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Reason;
import org.kerbside.gateway.model.Value;

/**
 * A device's dial → the asset's total since installation, in whole device steps. It never falls,
 * whatever the dial does: it goes round, is reset, jumps, or belongs to another device.
 *
 * @param bound when its device took another's place; absent where none did
 */
record Counter(Point counter, Dial dial, @Nullable Instant bound) implements Step<Counter.Memo> {

  private static final int AGREEING = 3;

  /**
   * What is remembered.
   *
   * @param total in steps, -1 before the first reading
   * @param raw where the dial stood, in steps
   * @param at when, since boot
   * @param wall the same by the clock, null where nobody knew the time
   * @param far where a dial stands that has jumped, steps, and how many readings agree with it
   * @param begun where it stood in the first of them
   * @param bound when the device that was heard took another's place
   */
  record Memo(
      long total,
      long raw,
      @Nullable Duration at,
      @Nullable Instant wall,
      long far,
      long begun,
      int agreeing,
      @Nullable Instant bound)
      implements Step.Memo {

    static final Memo NONE = new Memo(-1, 0, null, null, 0, 0, 0, null);

    @Override
    public void note(Notes notes) {
      if (total >= 0) {
        notes
            .put("total", total)
            .put("raw", raw)
            .time("at", at)
            .put("wall", wall == null ? Double.NaN : (double) wall.toEpochMilli())
            .put("far", far)
            .put("begun", begun)
            .put("agreeing", agreeing)
            .put("bound", bound == null ? Double.NaN : (double) bound.toEpochMilli());
      }
    }

    Memo stands(long newTotal, long newRaw, Moment now) {
      return new Memo(newTotal, newRaw, now.sinceBoot(), wall(now), 0, 0, 0, bound);
    }

    Memo of(@Nullable Instant device) {
      return new Memo(total, raw, at, wall, far, begun, agreeing, device);
    }

    Memo jumped(long newFar, Moment now) {
      return agreeing == 0
          ? new Memo(total, raw, now.sinceBoot(), wall(now), newFar, newFar, 1, bound)
          : new Memo(total, raw, now.sinceBoot(), wall(now), newFar, begun, agreeing + 1, bound);
    }

    /** By the clock where that is more: a process that was down has no time of its own. */
    double seconds(Moment now) {
      double ran = at == null ? 0 : now.sinceBoot().minus(at).toNanos() / 1e9;
      var time = wall(now);
      double wait =
          wall == null || time == null ? 0 : Duration.between(wall, time).toMillis() / 1e3;
      return Math.max(ran, wait);
    }

    private static @Nullable Instant wall(Moment now) {
      return now.clock() == ClockQuality.NONE ? null : now.wall();
    }
  }

  @Override
  public Point thing() {
    return counter;
  }

  @Override
  public Memo start() {
    return Memo.NONE;
  }

  @Override
  public Memo recall(Notes notes) {
    var wall = instant(notes.number("wall"));
    return !notes.names().contains("total")
        ? Memo.NONE
        : new Memo(
            notes.whole("total"),
            notes.whole("raw"),
            notes.time("at"),
            wall,
            notes.whole("far"),
            notes.whole("begun"),
            (int) notes.whole("agreeing"),
            instant(notes.number("bound")));
  }

  private static @Nullable Instant instant(double millis) {
    return Double.isNaN(millis) ? null : Instant.ofEpochMilli(Math.round(millis));
  }

  @Override
  public Memo follow(Memo memo, @Nullable Reading input, Turn turn) {
    if (input == null) {
      return memo;
    }
    if (!(input.value() instanceof Value.Num(var number))) {
      turn.pass(input);
      return memo;
    }
    if (number < 0) { // A count that was taken for signed.
      turn.pass(Reading.bad(counter, Reason.OUT_OF_RANGE, input.at(), input.timing()));
      return memo;
    }
    var next = heard(memo, dial.steps(number), input.at(), turn);
    if (next.agreeing() > 0) {
      turn.pass(Reading.bad(counter, Reason.JUMP, input.at(), input.timing()));
    } else {
      long told = dial.steps(Math.max(0, turn.number(counter)));
      next = next.total() < told ? next.stands(told, next.raw(), input.at()) : next;
      turn.pass(total(next.total(), input));
    }
    return next;
  }

  /**
   * An older one: what the total was then, as far as the dial has not been reset since. After a
   * restart the memo may be older still, and then the dial has gone on as far as it can have.
   */
  @Override
  public void late(Memo memo, Reading input, Turn turn) {
    if (!(input.value() instanceof Value.Num(var number))) {
      turn.pass(input);
      return;
    }
    long behind = memo.raw() - dial.steps(number);
    boolean isSame =
        memo.total() >= 0
            && Objects.equals(memo.bound(), bound)
            && (behind >= 0
                ? behind <= memo.total()
                : dial.fits((double) -behind, memo.seconds(input.at())));
    turn.pass(
        isSame
            ? total(memo.total() - behind, input)
            : Reading.bad(counter, Reason.JUMP, input.at(), input.timing()));
  }

  private Reading total(long steps, Reading input) {
    Quality quality = input.quality();
    return new Reading(
        counter, new Value.Num(dial.scaled(steps)), quality, input.at(), input.timing());
  }

  private Memo heard(Memo memo, long raw, Moment now, Turn turn) {
    if (memo.total() < 0) {
      // What was on the dial is the asset's, unless told so.
      return memo.of(bound).stands(raw, raw, now);
    }
    if (!Objects.equals(memo.bound(), bound)) {
      return swapped(memo, raw, now, turn);
    }
    double seconds = memo.seconds(now);
    if (memo.agreeing() > 0 && isForward(memo.far(), raw, seconds)) {
      return agrees(memo.jumped(raw, now), now, turn);
    }
    if (raw >= memo.raw()) {
      return forward(memo, raw, seconds, now, turn);
    }
    return backward(memo, raw, seconds, now, turn);
  }

  /** What stood on the dial of a device that took another's place is not the asset's. */
  private Memo swapped(Memo memo, long raw, Moment now, Turn turn) {
    turn.report(
        Derive.COUNTER_SWAP,
        counter,
        "another device: the last stood at %s, this one at %s, the total stays %s"
            .formatted(shown(memo.raw()), shown(raw), shown(memo.total())));
    return memo.of(bound).stands(memo.total(), raw, now);
  }

  private boolean isForward(long from, long to, double seconds) {
    return to >= from && dial.fits((double) (to - from), seconds);
  }

  private Memo forward(Memo memo, long raw, double seconds, Moment now, Turn turn) {
    long step = raw - memo.raw();
    if (dial.fits((double) step, seconds)) {
      return memo.stands(memo.total() + step, raw, now);
    }
    return switch (dial.excess()) {
      case JUMP ->
          new Memo(memo.total(), memo.raw(), memo.at(), memo.wall(), 0, 0, 0, memo.bound())
              .jumped(raw, now);
      case BOUNCE -> {
        turn.report(
            "bounce",
            counter,
            "%d pulses faster than the greatest flow, not counted".formatted(step));
        yield memo.stands(memo.total(), raw, now);
      }
    };
  }

  private Memo backward(Memo memo, long raw, double seconds, Moment now, Turn turn) {
    double round = dial.around() - (double) (memo.raw() - raw);
    if (dial.around() > 0 && round >= 0 && dial.fits(round, seconds)) {
      return memo.stands(memo.total() + (long) round, raw, now);
    }
    if ((double) (memo.raw() - raw) <= dial.noise(memo.raw())) {
      return memo.stands(memo.total(), memo.raw(), now);
    }
    long since = dial.fits((double) raw, seconds) ? raw : 0;
    turn.report(
        "counter-reset",
        counter,
        "the dial fell from %s to %s, the total stays %s"
            .formatted(shown(memo.raw()), shown(raw), shown(memo.total() + since)));
    return memo.stands(memo.total() + since, raw, now);
  }

  /** What was run since the jump counts; the jump itself is left out, and told. */
  private Memo agrees(Memo memo, Moment now, Turn turn) {
    if (memo.agreeing() < AGREEING) {
      return memo;
    }
    turn.report(
        "counter-jump",
        counter,
        "the dial jumped from %s to %s, %s left out of the total"
            .formatted(shown(memo.raw()), shown(memo.begun()), shown(memo.begun() - memo.raw())));
    return memo.stands(memo.total() + memo.far() - memo.begun(), memo.far(), now);
  }

  private String shown(long steps) {
    return "%s %s".formatted(dial.scaled(steps), counter.unit());
  }
}
