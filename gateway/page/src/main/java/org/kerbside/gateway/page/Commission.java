package org.kerbside.gateway.page;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One step of taking an asset into service, as its template takes it.
 *
 * @param name of the asset
 * @param shown what it says now
 * @param trouble why the last step did not do; empty when it did
 * @param mayAsk whether who reads may have the sensor asked
 * @param blink where it shows which one it is; empty where it cannot
 * @param kept what was found in the steps before, for the next ones
 */
record Commission(
    Sheet sheet,
    Step step,
    String asset,
    String name,
    List<Part.Fact> shown,
    String trouble,
    List<Kept.Field> kept,
    @Nullable Session session,
    boolean mayAsk,
    String blink,
    Progress progress) {

  /** The steps; each is one decision. */
  enum Step {
    /** Is it this one, and does it speak? */
    CHECK,
    /** How it is mounted. */
    MOUNT,
    /** What it says when the bin is empty. */
    FAR,
    /** What it says of something nearer. */
    NEAR,
    /** Whether what it sees reaches the city. */
    WALK,
    /** What was found, to be kept and told. */
    RECORD;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Step of(@Nullable String word) {
      for (var step : values()) {
        if (step.word().equals(word)) {
          return step;
        }
      }
      return CHECK;
    }
  }

  /** How far a walk test has got. */
  enum Progress {
    NONE,
    SEEN,
    ARRIVED
  }

  Commission {
    shown = List.copyOf(shown);
    kept = List.copyOf(kept);
  }

  String token() {
    return session == null ? "" : session.token();
  }

  /** Whether what the sensor says is followed while the step is open. */
  boolean isLive() {
    return mayAsk && (step == Step.FAR || step == Step.NEAR);
  }

  String live() {
    return path() + "/now";
  }

  String script() {
    return Files.LOOK.path();
  }

  String path() {
    return "/commission/" + asset;
  }

  /** What to do in this step. */
  String task() {
    return sheet.words().say("step." + step.word() + ".do");
  }

  boolean isSeen() {
    return progress != Progress.NONE;
  }

  boolean isArrived() {
    return progress == Progress.ARRIVED;
  }
}
