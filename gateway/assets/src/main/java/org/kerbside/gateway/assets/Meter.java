package org.kerbside.gateway.assets;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Asset;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.Quality;
import org.kerbside.gateway.model.Reading;
import org.kerbside.gateway.model.Value;

/**
 * Pulses → volume and flow. Volume is n/k. Flow is Δn/(k·Δt) over ten pulses or 10 s; with fewer it
 * is no more than 1/(k·time since the last pulse), and at last nothing.
 *
 * @param k pulses of a cubic metre: the device's own factor
 * @param zero no pulse for so long is no flow
 */
record Meter(Point pulses, Point volume, Point flow, double k, Duration zero)
    implements Step<Meter.Memo> {

  /** A wheel under a Hall sensor turns many times a litre; a reed closes once in 1 to 100 L. */
  private static final Duration HALL = Duration.ofSeconds(60);

  private static final Duration REED = Duration.ofMinutes(30);
  private static final double ONE_A_LITRE = 1000; // pulses of a cubic metre: more is a Hall sensor
  private static final long WINDOW = 10; // pulses
  private static final Duration LONGEST = Duration.ofSeconds(10);

  /**
   * What is remembered; times since boot.
   *
   * @param from the count at the window's begin, -1 before the first reading
   * @param since when the window began
   * @param count the last one heard
   * @param pulse when it last grew
   * @param heard when it was last heard, {@code gap} after the time before
   * @param asked when time alone last changed the flow
   * @param flow the last that was told, m3/s
   */
  record Memo(
      long from,
      Duration since,
      long count,
      Duration pulse,
      Duration heard,
      Duration gap,
      Duration asked,
      double flow)
      implements Step.Memo {

    static final Memo NONE =
        new Memo(
            -1, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);

    static Memo begins(long count, Duration now) {
      return new Memo(count, now, count, now, now, Duration.ZERO, now, 0);
    }

    @Override
    public void note(Notes notes) {
      if (from >= 0) {
        notes
            .put("from", from)
            .time("since", since)
            .put("count", count)
            .time("pulse", pulse)
            .time("heard", heard)
            .put("gap", gap.toMillis())
            .put("flow", flow);
      }
    }

    Memo hears(long newCount, Duration now) {
      var grown = newCount > count ? now : pulse;
      return new Memo(from, since, newCount, grown, now, now.minus(heard), now, flow);
    }

    Memo flows(double newFlow, Duration now) {
      return new Memo(from, since, count, pulse, heard, gap, now, newFlow);
    }

    Memo anew(double newFlow, Duration now) {
      return new Memo(count, now, count, pulse, heard, gap, now, newFlow);
    }

    /** Until then its device would not have spoken anyway. */
    Duration awaited() {
      return heard.plus(gap).plus(gap);
    }
  }

  static @Nullable Meter of(Asset asset) {
    var pulses = asset.point("pulses");
    var flow = asset.point("flow");
    var volume = asset.point("volume") == null ? asset.point("water") : asset.point("volume");
    double k = perCubicMetre(asset);
    if (pulses == null || flow == null || volume == null || !(k > 0)) {
      return null;
    }
    var zero = k > ONE_A_LITRE ? HALL : REED;
    double own = asset.setting("meter.zero", (double) zero.toSeconds());
    return new Meter(pulses, volume, flow, k, Duration.ofMillis(Math.round(own * 1000)));
  }

  /** Pulses of a cubic metre; NaN where the site does not say. */
  static double perCubicMetre(Asset asset) {
    return asset.setting("meter.pulses", Double.NaN);
  }

  /** The greatest flow, m3/s: what the meter is made for, or else what is plausible at all. */
  static double most(Asset asset) {
    var flow = asset.point("flow");
    return asset.setting("meter.most", flow == null ? 0.05 : flow.spec().max());
  }

  @Override
  public Point thing() {
    return flow;
  }

  @Override
  public Memo start() {
    return Memo.NONE;
  }

  @Override
  public Memo recall(Notes notes) {
    var since = notes.time("since");
    var pulse = notes.time("pulse");
    var heard = notes.time("heard");
    return since == null || pulse == null || heard == null
        ? Memo.NONE
        : new Memo(
            notes.whole("from"),
            since,
            notes.whole("count"),
            pulse,
            heard,
            Duration.ofMillis(notes.whole("gap")),
            heard,
            notes.number("flow"));
  }

  @Override
  public @Nullable Duration wake(Memo memo) {
    if (memo.flow() == 0) {
      return null;
    }
    var again = memo.asked().plus(LONGEST);
    var gone = memo.pulse().plus(zero);
    var next = gone.compareTo(again) < 0 && gone.compareTo(memo.asked()) > 0 ? gone : again;
    return next.compareTo(memo.awaited()) < 0 ? memo.awaited() : next;
  }

  @Override
  public Memo follow(Memo memo, @Nullable Reading input, Turn turn) {
    if (input == null) {
      return told(quieter(memo, turn.now().sinceBoot()), null, turn);
    }
    if (!(input.value() instanceof Value.Num(var number))) {
      turn.tell(new Reading(volume, null, input.quality(), input.at(), input.timing()));
      turn.tell(new Reading(flow, null, input.quality(), input.at(), input.timing()));
      return Memo.NONE; // What passed meanwhile has no pace.
    }
    turn.tell(volume, new Value.Num(Math.rint(number / k * 1e6) / 1e6), input.quality(), input);
    return told(counted(memo, Math.round(number), input.at().sinceBoot()), input, turn);
  }

  private Memo told(Memo memo, @Nullable Reading input, Turn turn) {
    var quality = input == null ? Quality.GOOD : input.quality();
    turn.tell(flow, new Value.Num(memo.flow()), quality, input);
    return memo;
  }

  private Memo counted(Memo memo, long count, Duration now) {
    if (memo.from() < 0) {
      return Memo.begins(count, now);
    }
    var heard = memo.hears(count, now);
    long pulsed = count - memo.from();
    var passed = now.minus(memo.since());
    boolean isOver = passed.compareTo(LONGEST) >= 0;
    if (pulsed > 0 && passed.isPositive() && (pulsed >= WINDOW || isOver)) {
      return heard.anew((double) pulsed / (k * seconds(passed)), now);
    }
    var quiet = quieter(heard, now);
    return isOver ? quiet.anew(quiet.flow(), now) : quiet;
  }

  /** No pulse came: the flow is at most one that would have brought none yet. */
  private Memo quieter(Memo memo, Duration now) {
    var quiet = now.minus(memo.pulse());
    if (quiet.compareTo(zero) >= 0) {
      return memo.flows(0, now);
    }
    return quiet.isPositive()
        ? memo.flows(Math.min(memo.flow(), 1 / (k * seconds(quiet))), now)
        : memo.flows(memo.flow(), now);
  }

  private static double seconds(Duration span) {
    return span.toNanos() / 1e9;
  }
}
