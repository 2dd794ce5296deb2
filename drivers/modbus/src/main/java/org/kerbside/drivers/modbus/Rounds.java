package org.kerbside.drivers.modbus;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.kerbside.drivers.api.Asking;
import org.kerbside.drivers.api.Delivery;
import org.kerbside.drivers.api.DeviceException.Unavailable;
import org.kerbside.drivers.api.Inlet;
import org.kerbside.drivers.api.Sample;
import org.kerbside.gateway.model.Reason;

/**
 * What happens on a bus, request by request: orders first, then who asks, then the device that is
 * due longest. A device with much to tell gives way after each request to who has waited longer.
 * Belongs to the bus's thread.
 */
final class Rounds {

  private static final Duration IDLE = Duration.ofSeconds(1);

  private static final Comparator<Turn> FIRST =
      Comparator.comparing(Turn::isUrgent).reversed().thenComparingLong(Turn::due);

  private final List<Turn> turns;
  private final Errands errands;
  private final Inlet inlet;
  private final LongSupplier nanos;
  private final Duration patience;

  private final Tally tally = new Tally();

  private boolean askedLast; // a person: then it is the devices' turn
  private int unanswered; // requests in a row, on the whole bus
  private boolean gone; // the line, since it was last opened

  /**
   * Asks nobody yet.
   *
   * @param nanos monotonic time
   * @param patience for a first byte, where a profile does not ask for more
   */
  Rounds(List<Turn> turns, Errands errands, Inlet inlet, LongSupplier nanos, Duration patience) {
    this.turns = List.copyOf(turns);
    this.errands = errands;
    this.inlet = inlet;
    this.nanos = nanos;
    this.patience = patience;
  }

  /** One request at most; how long nothing is due then. */
  Duration turn(Wire wire) throws Unavailable, InterruptedException {
    var order = errands.nextOrder();
    if (order != null) {
      carryOut(order, wire);
      return Duration.ZERO;
    }
    var question = askedLast ? null : errands.nextQuestion();
    askedLast = question != null;
    if (question != null) {
      var longer = longer(question.timeout());
      question.answer().complete(wire.ask(question.unit(), question.request(), longer));
      return Duration.ZERO;
    }
    var first = turns.stream().min(FIRST).orElse(null);
    if (first == null) {
      return IDLE;
    }
    long early = first.due() - nanos.getAsLong();
    if (early > 0) {
      return Duration.ofNanos(early);
    }
    poll(first, wire);
    return Duration.ZERO;
  }

  /** How many requests in a row nobody answered. */
  int unanswered() {
    return unanswered;
  }

  /** What came of what was asked, people's questions left out. From any thread. */
  Asking.Traffic traffic() {
    return tally.traffic();
  }

  /** While the line is gone: every poll that is due is one without an answer. */
  void lost() {
    gone = true;
    long now = nanos.getAsLong();
    for (var turn : turns) {
      if (turn.due() <= now) {
        deliver(turn, turn.talk().give(new Answer.Nothing(Reason.TIME_OUT)));
        turn.passed(now);
      }
    }
  }

  /** What cannot be written now is told, and not kept. */
  void dropOrders(String problem) {
    for (var order = errands.nextOrder(); order != null; order = errands.nextOrder()) {
      inlet.report("not-written", order.device(), order.quantity() + ": " + problem);
    }
  }

  /**
   * On a line that was just opened: who would have been asked while it was gone is due, and
   * everybody where nobody was heard before.
   */
  void begin() {
    unanswered = 0;
    long now = nanos.getAsLong();
    if (gone && turns.stream().allMatch(turn -> turn.isSilent() || turn.hasPassed())) {
      turns.forEach(turn -> turn.again(now));
    }
    turns.forEach(turn -> turn.begin(now));
    gone = false;
  }

  private void poll(Turn turn, Wire wire) throws Unavailable, InterruptedException {
    var talk = turn.talk();
    var answer = ask(turn, talk.read(), wire);
    if (answer instanceof Answer.Nothing nothing) {
      if (!turn.failed(nanos.getAsLong())) {
        deliver(turn, talk.give(nothing));
      }
      return;
    }
    turn.answered();
    talk.heard(answer);
    if (talk.isOver()) {
      deliver(turn, talk.end());
      turn.done(nanos.getAsLong());
    }
  }

  private Answer ask(Turn turn, Request request, Wire wire)
      throws Unavailable, InterruptedException {
    var talk = turn.talk();
    long began = nanos.getAsLong();
    var answer = wire.ask(talk.unit(), request, longer(talk.profile().timeout()));
    tally.count(answer, nanos.getAsLong() - began);
    if (answer instanceof Answer.Refusal refusal && refusal.isOfGateway()) {
      answer = new Answer.Nothing(Reason.TIME_OUT);
    }
    if (answer instanceof Answer.Nothing) {
      unanswered++;
    } else {
      unanswered = 0;
      wake();
    }
    return answer;
  }

  /** Somebody answers on a bus that was dead: the pauses of the others were the bus's. */
  private void wake() {
    if (turns.stream().allMatch(Turn::isSilent)) {
      turns.forEach(turn -> turn.again(nanos.getAsLong()));
    }
  }

  private Duration longer(@Nullable Duration timeout) {
    return timeout == null || timeout.compareTo(patience) < 0 ? patience : timeout;
  }

  /** What came of it is told by the next poll, which is due at once. */
  private void carryOut(Errands.Order order, Wire wire) throws Unavailable, InterruptedException {
    for (var turn : turns) {
      if (turn.talk().address().equals(order.device())) {
        String problem = written(turn, order, wire);
        if (problem != null) {
          inlet.report("not-written", order.device(), order.quantity() + ": " + problem);
        }
        turn.soon(nanos.getAsLong());
      }
    }
  }

  /** Null when it is done. */
  private @Nullable String written(Turn turn, Errands.Order order, Wire wire)
      throws Unavailable, InterruptedException {
    for (int chances = turn.chances(); chances > 0; chances--) {
      var answer = ask(turn, order.request(), wire);
      if (answer instanceof Answer.Refusal refusal) {
        return "the device answers: " + refusal.told();
      }
      if (!(answer instanceof Answer.Nothing)) {
        return null;
      }
    }
    return "no answer";
  }

  /** A full intake costs this poll, not the bus's pace: the next one brings it again. */
  private void deliver(Turn turn, List<Sample> samples) {
    inlet.offer(Delivery.of(turn.talk().address(), samples));
  }
}
