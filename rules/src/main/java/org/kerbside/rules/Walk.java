package org.kerbside.rules;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Severity;

/** Takes watches from phase to phase in one turn, and tells the annunciator where that leads. */
final class Walk {

  private final List<Watch> watches;
  private final Memory memory;
  private final Moment now;
  private final Annunciator bell;
  private final Doings doings;

  Walk(List<Watch> watches, Memory memory, Moment now, Annunciator bell, Doings doings) {
    this.watches = watches;
    this.memory = memory;
    this.now = now;
    this.bell = bell;
    this.doings = doings;
  }

  /** From phase to phase, as its conditions are now. */
  void step(int index) {
    var watch = watches.get(index);
    var standing = memory.standing(index);
    var before = standing.phase;
    boolean asksWhen = !before.isUp() || !watch.hold().steps().isEmpty();
    standing.when = asksWhen ? watch.when().test(memory) : Truth.UNKNOWN;
    standing.clear = before.isUp() ? watch.clear().test(memory) : Truth.UNKNOWN;
    var elapsed = now.sinceBoot().minus(standing.stepped);
    standing.stepped = now.sinceBoot();
    standing.phase =
        watch.hold().next(before, heeded(watch, standing.when), standing.clear, elapsed);
    doings.feel(watch, standing, elapsed);
    boolean isGraver = escalate(watch, standing, elapsed);
    if (!standing.phase.equals(before)) {
      bell.unsettle(index);
      move(index, standing, before);
    }
    if (isGraver && standing.phase.isUp()) {
      bell.weigh(index, heldOf(standing.phase));
    }
  }

  /** Takes the steps that have a condition of their own; they go back only with the alarm. */
  private boolean escalate(Watch watch, Standing standing, Duration elapsed) {
    boolean isQuiet = standing.phase.equals(Hold.QUIET);
    boolean isGraver = false;
    for (int i = 0; i < watch.graver().size(); i++) {
      var step = watch.graver().get(i);
      var before = isQuiet ? Hold.QUIET : standing.graver[i].phase();
      var when = isQuiet ? Truth.UNKNOWN : step.when().test(memory);
      var after = step.hold().next(before, heeded(watch, when), Truth.UNKNOWN, elapsed);
      standing.graver[i] = new Standing.Escalation(after, when);
      isGraver |= after.isUp() && !before.isUp();
    }
    return isGraver;
  }

  /** While people work on an asset only emergencies are raised there. */
  private Truth heeded(Watch watch, Truth when) {
    boolean isHeeded =
        watch.rule().course().severity() == Severity.EMERGENCY
            || !memory.upkeep().isOn(watch.asset().id());
    return isHeeded || when != Truth.TRUE ? when : Truth.UNKNOWN;
  }

  /** When the watch wants to be looked at again though nothing is heard, since boot. */
  @Nullable Duration next(int index) {
    var standing = memory.standing(index);
    var watch = watches.get(index);
    var left =
        Engine.earlier(watch.hold().left(standing.phase), watch.blindness().left(standing.blind));
    for (int i = 0; i < watch.graver().size(); i++) {
      left = Engine.earlier(left, watch.graver().get(i).hold().left(standing.graver[i].phase()));
    }
    var due = left == null ? null : now.sinceBoot().plus(left);
    var asked = Engine.earlier(due, watch.next(memory));
    return Engine.earlier(asked, Engine.earlier(bell.wake(standing), Doings.wake(standing)));
  }

  private void move(int index, Standing standing, Phase before) {
    switch (standing.phase) {
      case Phase.Quiet() -> {
        bell.gone(index, heldOf(before));
        standing.rising = null;
        standing.falling = null;
        standing.when = watches.get(index).when().test(memory);
      }
      case Phase.Rising(var held, var last) -> {
        if (before instanceof Phase.Quiet) {
          standing.rising = now;
        }
      }
      case Phase.Raised(var held, var last, var step) -> {
        standing.falling = null;
        if (before.isUp()) {
          bell.weigh(index, held);
        } else {
          bell.raised(index, held);
          // What now counts is whether it is clear, and turns() compares with this.
          standing.clear = watches.get(index).clear().test(memory);
        }
      }
      case Phase.Falling(var held, var step, var calm, var last) -> {
        if (before instanceof Phase.Raised) {
          standing.falling = now;
        }
      }
    }
  }

  private static Duration heldOf(Phase phase) {
    return switch (phase) {
      case Phase.Quiet() -> Duration.ZERO;
      case Phase.Rising(var held, var last) -> held;
      case Phase.Raised(var held, var last, var step) -> held;
      case Phase.Falling(var held, var step, var calm, var last) -> held;
    };
  }
}
