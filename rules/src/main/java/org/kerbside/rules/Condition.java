package org.kerbside.rules;

import java.util.List;

/** What a rule asks of one asset. */
interface Condition {

  Truth test(Memory memory);

  /** What it looks at, for the index and the why-chain. */
  List<Input> inputs();

  /** When it may next change by time alone, ns since boot; {@link Window#NEVER} if it cannot. */
  long next(Memory memory);

  /** True when the other is false, unknown when it is unknown. */
  record Not(Condition other) implements Condition {
    @Override
    public Truth test(Memory memory) {
      return other.test(memory).not();
    }

    @Override
    public List<Input> inputs() {
      return other.inputs();
    }

    @Override
    public long next(Memory memory) {
      return other.next(memory);
    }
  }

  /** What we weigh ourselves: all that most rules ask. */
  record Weighed(Clause clause, List<Input> inputs, List<Input> timed) implements Condition {

    public Weighed {
      inputs = List.copyOf(inputs);
      timed = List.copyOf(timed);
    }

    Weighed(Clause clause, List<Input> inputs) {
      this(clause, inputs, Condition.timed(inputs));
    }

    @Override
    public Truth test(Memory memory) {
      return clause.test(memory);
    }

    @Override
    public long next(Memory memory) {
      return Condition.next(timed, memory);
    }
  }

  /** Those of them that time alone may change. */
  static List<Input> timed(List<Input> inputs) {
    return inputs.stream().filter(input -> input.slot() instanceof Slot.Timed).toList();
  }

  /** When one of these may next change by time alone, ns since boot. */
  static long next(List<Input> timed, Memory memory) {
    long next = Window.NEVER;
    for (int i = 0; i < timed.size(); i++) {
      next = Math.min(next, timed.get(i).next(memory));
    }
    return next;
  }
}
