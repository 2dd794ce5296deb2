package org.kerbside.rules;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Act;
import org.kerbside.gateway.model.Alarm;
import org.kerbside.gateway.model.Event.AlarmChanged.Change;
import org.kerbside.gateway.model.Issuer;
import org.kerbside.gateway.model.Moment;
import org.kerbside.gateway.model.Outcome;
import org.kerbside.gateway.model.Severity;

/**
 * Leads the alarms of one turn through their lives (ISA-18.2) and says what is told of them. An
 * alarm that another explains is marked and not told; one that another may explain soon waits until
 * that is decided. Emergencies wait for nobody.
 */
final class Annunciator {

  private final List<Watch> watches;
  private final Roots roots;
  private final Memory memory;
  private final Moment now;
  private final Teller teller;
  private final Doings doings;
  private final Set<Integer> unsettled = new LinkedHashSet<>(0);

  Annunciator(
      List<Watch> watches, Roots roots, Memory memory, Moment now, Teller teller, Doings doings) {
    this.watches = watches;
    this.roots = roots;
    this.memory = memory;
    this.now = now;
    this.teller = teller;
    this.doings = doings;
  }

  /** It is raised, by a condition that has held for so long. */
  void raised(int index, Duration held) {
    var standing = memory.standing(index);
    var before = standing.alarm;
    standing.isOwed = before != null;
    if (before != null && before.isActive()) {
      again(index, before, held);
    } else {
      var alarm = alarm(index, watches.get(index).severity(standing), now, held);
      anew(index, before == null ? alarm : alarm.with(before.care().acknowledged(null)));
    }
    unsettle(index);
    doings.raised(watches.get(index), standing);
  }

  private void anew(int index, Alarm alarm) {
    var standing = memory.standing(index);
    standing.alarm = alarm;
    boolean isEmergency = alarm.severity() == Severity.EMERGENCY;
    if (isEmergency || roots.causes()[index].length == 0) {
      unshelveEmergency(index, standing);
      teller.tell(index, standing.alarm, Change.RAISED);
    } else {
      standing.isHushed = true;
      unsettled.add(index);
      memory.alarmsChanged();
    }
  }

  /** A latched alarm has never gone: what comes again is not milder than what was. */
  private void again(int index, Alarm before, Duration held) {
    var severity = graver(watches.get(index).severity(memory.standing(index)), before.severity());
    update(index, before, severity, held);
  }

  /** It may have become graver; then people have to see it once more. */
  void weigh(int index, Duration held) {
    var before = memory.standing(index).alarm;
    var severity = watches.get(index).severity(memory.standing(index));
    if (before != null && severity.compareTo(before.severity()) > 0) {
      update(index, before, severity, held);
    }
  }

  private void update(int index, Alarm before, Severity severity, Duration held) {
    var standing = memory.standing(index);
    var alarm = alarm(index, severity, before.since(), held);
    standing.alarm = alarm.with(before.care().acknowledged(null));
    unshelveEmergency(index, standing);
    updated(index, standing);
  }

  private void updated(int index, Standing standing) {
    unsettled.add(index);
    memory.alarmsChanged();
    if (!standing.isHushed && standing.alarm != null) {
      teller.tell(index, standing.alarm, Change.UPDATED);
    }
  }

  private Alarm alarm(int index, Severity severity, Moment raised, Duration held) {
    var watch = watches.get(index);
    var rising = memory.standing(index).rising;
    var why = Watch.why(watch.when(), memory, rising == null ? now : rising);
    return watch.alarm(memory, severity, raised, held, why);
  }

  /** Its condition, which had lasted for so long, is gone. */
  void gone(int index, Duration held) {
    var watch = watches.get(index);
    var standing = memory.standing(index);
    var alarm = standing.alarm;
    if (alarm == null || alarm.state() != Alarm.State.RAISED) {
      return;
    }
    if (!isReleased(watch, alarm.care().acknowledged())) {
      standing.alarm = alarm.with(Alarm.State.LATCHED);
      updated(index, standing);
      return;
    }
    var why = Watch.why(watch.clear(), memory, standing.falling == null ? now : standing.falling);
    var last = watch.alarm(memory, alarm.severity(), alarm.since(), held, why);
    clear(index, last.with(alarm.care()));
  }

  /** Whether an alarm may go now that its condition has gone. */
  private static boolean isReleased(Watch watch, @Nullable Act acknowledged) {
    return switch (watch.rule().course().latch()) {
      case NONE -> true;
      case PERSON -> acknowledged != null;
      case CABINET -> acknowledged != null && acknowledged.issuer() == Issuer.CREW;
    };
  }

  void clear(int index, Alarm alarm) {
    var standing = memory.standing(index);
    standing.alarm = alarm.with(Alarm.State.CLEARED);
    if (!standing.isHushed) {
      teller.tell(index, standing.alarm, Change.CLEARED);
      standing.alarm = standing.alarm.with(alarm.care().causedBy(null));
    } else if (standing.isOwed) {
      standing.alarm = standing.alarm.with(alarm.care().causedBy(null));
    } else {
      standing.alarm = null;
    }
    standing.isHushed = false;
    standing.released = null;
    forget(standing);
    unsettle(index);
    doings.cleared(watches.get(index), standing);
  }

  /** An alarm that is cleared, acknowledged and not shelved is none. */
  void forget(Standing standing) {
    var alarm = standing.alarm;
    if (alarm != null
        && !alarm.isActive()
        && alarm.care().acknowledged() != null
        && alarm.care().shelved() == null) {
      standing.alarm = null;
    }
    memory.alarmsChanged();
  }

  private void unshelveEmergency(int index, Standing standing) {
    var alarm = standing.alarm;
    if (alarm != null && alarm.severity() == Severity.EMERGENCY) {
      unshelve(index, alarm, null);
    }
  }

  private void unshelve(int index, Alarm alarm, @Nullable Act act) {
    if (alarm.care().shelved() != null) {
      var standing = memory.standing(index);
      standing.alarm = alarm.with(alarm.care().shelved(null));
      teller.tellDone(index, standing.alarm, Change.UNSHELVED, act);
      forget(standing);
    }
  }

  /** A person has seen it; a latched alarm whose condition is gone may go with that. */
  Outcome acknowledge(int index, Act act) {
    var standing = memory.standing(index);
    var alarm = standing.alarm;
    if (alarm == null) {
      return new Outcome.Rejected("unknown-alarm");
    }
    var before = alarm.care().acknowledged();
    if (before != null && !act.issuer().outranks(before.issuer())) {
      return new Outcome.Done(null);
    }
    var seen = alarm.with(alarm.care().acknowledged(act));
    standing.alarm = seen;
    if (!standing.isHushed) {
      teller.tellDone(index, seen, Change.ACKNOWLEDGED, act);
    }
    if (alarm.state() == Alarm.State.LATCHED && isReleased(watches.get(index), act)) {
      clear(index, seen);
    } else {
      forget(standing);
    }
    return new Outcome.Done(null);
  }

  /** A person wants to hear nothing of it until the act's end. */
  Outcome shelve(int index, Act act) {
    var standing = memory.standing(index);
    var alarm = standing.alarm;
    if (alarm == null) {
      return new Outcome.Rejected("unknown-alarm");
    }
    if (alarm.severity() == Severity.EMERGENCY) {
      return new Outcome.Rejected("emergency");
    }
    standing.alarm = alarm.with(alarm.care().shelved(act));
    teller.tellDone(index, standing.alarm, Change.SHELVED, act);
    return new Outcome.Done(null);
  }

  Outcome unshelve(int index, Act act) {
    var alarm = memory.standing(index).alarm;
    if (alarm == null) {
      return new Outcome.Rejected("unknown-alarm");
    }
    unshelve(index, alarm, act);
    return new Outcome.Done(null);
  }

  /** What has become due on this standing without anything being heard. */
  void timePasses(int index) {
    var standing = memory.standing(index);
    teller.unfold(index);
    doings.timePasses(watches.get(index), standing);
    var alarm = standing.alarm;
    if (alarm != null && isDue(shelvedUntil(alarm))) {
      unshelve(index, alarm, null);
    }
    // After a restart no cause's step may come that decides whether it is told.
    if (standing.isHushed || isDue(standing.released)) {
      unsettled.add(index);
    }
  }

  /** When this standing wants to be looked at, beside its hold. What is due now is in hand. */
  @Nullable Duration wake(Standing standing) {
    var shelved = standing.alarm == null ? null : shelvedUntil(standing.alarm);
    var released = isDue(standing.released) ? null : standing.released;
    return Engine.earlier(Engine.earlier(shelved, released), Teller.hourEnd(standing));
  }

  private static @Nullable Duration shelvedUntil(Alarm alarm) {
    var shelved = alarm.care().shelved();
    return shelved == null || shelved.until() == null ? null : shelved.until().sinceBoot();
  }

  /** What stands between a cause and its effects has changed. */
  void unsettle(int cause) {
    for (int effect : roots.effects()[cause]) {
      if (memory.standing(effect).alarm != null) {
        unsettled.add(effect);
      }
    }
  }

  /** Decides which alarms are explained by others, once all that happened at this time is known. */
  Set<Integer> settle() {
    for (int index : unsettled) {
      settle(index, memory.standing(index));
    }
    return unsettled;
  }

  private void settle(int index, Standing standing) {
    var alarm = standing.alarm;
    if (alarm == null || !alarm.isActive()) {
      return;
    }
    boolean isEmergency = alarm.severity() == Severity.EMERGENCY;
    var cause = isEmergency ? null : cause(index);
    if (cause != null) {
      standing.released = null;
      explain(index, standing, alarm, cause);
    } else if (alarm.care().cause() != null) {
      release(index, standing, alarm);
    } else if (standing.isHushed && (isEmergency || !mayBeExplained(index))) {
      tellAfterAll(index, standing, alarm);
    }
  }

  private void explain(int index, Standing standing, Alarm alarm, String cause) {
    if (cause.equals(alarm.care().cause())) {
      return;
    }
    standing.alarm = alarm.with(alarm.care().causedBy(cause));
    memory.alarmsChanged();
    if (!standing.isHushed) {
      teller.tell(index, standing.alarm, Change.UPDATED);
    }
  }

  /** It gets its hold anew: what comes back with its cause needs time for it. */
  private void release(int index, Standing standing, Alarm alarm) {
    if (alarm.severity() == Severity.EMERGENCY) {
      standing.released = now.sinceBoot();
    } else if (standing.released == null) {
      standing.released = now.sinceBoot().plus(watches.get(index).hold().needed());
    }
    if (isDue(standing.released)) {
      standing.released = null;
      tellAfterAll(index, standing, alarm.with(alarm.care().causedBy(null)));
    }
  }

  private void tellAfterAll(int index, Standing standing, Alarm alarm) {
    var change = standing.isHushed ? Change.RAISED : Change.UPDATED;
    standing.isHushed = false;
    standing.alarm = alarm;
    teller.tell(index, alarm, change);
  }

  private @Nullable String cause(int index) {
    for (int cause : roots.causes()[index]) {
      var alarm = memory.standing(cause).alarm;
      if (alarm != null && alarm.isActive()) {
        return alarm.id();
      }
    }
    return null;
  }

  /** Whether a cause is about to be raised: its time runs. */
  private boolean mayBeExplained(int index) {
    return IntStream.of(roots.causes()[index])
        .mapToObj(memory::standing)
        .anyMatch(Annunciator::isComing);
  }

  private static boolean isComing(Standing cause) {
    return !cause.isOff
        && cause.phase instanceof Phase.Rising(var held, var last)
        && last == Truth.TRUE;
  }

  private boolean isDue(@Nullable Duration deadline) {
    return deadline != null && deadline.compareTo(now.sinceBoot()) <= 0;
  }

  private static Severity graver(Severity one, Severity other) {
    return one.compareTo(other) >= 0 ? one : other;
  }
}
