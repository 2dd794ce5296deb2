package org.kerbside.gateway.page;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.DataState;
import org.kerbside.gateway.model.Fitter;
import org.kerbside.gateway.model.Fitter.Sight;
import org.kerbside.gateway.model.Seen;
import org.kerbside.gateway.model.Value;

/**
 * Takes what a sensor says of a known distance. One that can be asked is asked several times, and
 * the middle one counts; of one that speaks when it likes, what it said since the step was opened.
 */
record Taking(Stage stage, Standing standing, Findings findings) {

  static final String DISTANCE = "distance";

  /** How often a sensor is asked. */
  private static final int LOOKS = 5;

  /** Fewer good answers, and it does not see well. */
  private static final int LEAST_LOOKS = 3;

  /** What is steady differs by less (metres): an ultrasonic sensor's own accuracy, 1 % of 2 m. */
  private static final double STEADY = .02;

  /** As a point of an asset stands now; null where it has no such one. */
  static @Nullable Seen seen(Stage stage, Standing standing) {
    var point = standing.asset().point(DISTANCE);
    return point == null ? null : stage.overview().of(point);
  }

  /** What its device says when it is asked; null where it cannot be. */
  @Nullable Sight look(Fitter fitter) throws InterruptedException {
    return fitter.look(standing.asset().id(), DISTANCE, LOOKS);
  }

  /**
   * Notes it under that name; says why not, for people, or nothing.
   *
   * @param sight null where it could not be asked
   */
  String take(String name, @Nullable Sight sight) {
    var trouble = sight == null ? heard(name) : looked(name, sight);
    if (!trouble.isEmpty()) {
      return trouble;
    }
    var points = findings.points();
    var unlike = points == null ? null : points.trouble();
    return unlike == null
        ? ""
        : say("step." + unlike.name().toLowerCase(Locale.ROOT).replace('_', '-'));
  }

  private String looked(String name, Sight sight) {
    if (sight.numbers().size() < LEAST_LOOKS) {
      return say("step.unfit");
    }
    if (sight.spread() > STEADY) {
      return say("step.unsteady", Numbers.centimetres(sight.spread()));
    }
    findings.metres(name, sight.middle());
    findings.metres(Findings.SPREAD, Math.max(findings.number(Findings.SPREAD), sight.spread()));
    return "";
  }

  private String heard(String name) {
    var seen = seen(stage, standing);
    var value = seen == null || seen.last() == null ? null : seen.last().value();
    if (seen == null
        || seen.state(stage.overview().now()) != DataState.GOOD
        || !(value instanceof Value.Num(var metres))) {
      return say("step.unfit");
    }
    var heard = seen.heard();
    if (heard == null || heard.sinceBoot().compareTo(findings.up(Findings.ASKED)) <= 0) {
      return say("step.old");
    }
    findings.metres(name, metres);
    // What served for one distance does not for the next.
    findings.whole(Findings.ASKED, heard.sinceBoot().toMillis() + 1);
    return "";
  }

  private String say(String key, String... parts) {
    return stage.words().say(key, parts);
  }
}
