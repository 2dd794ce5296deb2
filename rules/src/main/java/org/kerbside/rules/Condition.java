package org.kerbside.rules;

import java.util.List;
import org.kerbside.gateway.model.Value;

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

  /** A flag, asked as it is. */
  record Holds(Slot.Single slot) implements Condition {
    @Override
    public Truth test(Memory memory) {
      return slot.in(memory) instanceof Value.Flag(var flag) ? Truth.of(flag) : Truth.UNKNOWN;
    }

    @Override
    public List<Input> inputs() {
      return List.of(new Input(slot, null));
    }

    @Override
    public long next(Memory memory) {
      return slot.next(memory, null);
    }
  }

  /** A number held against a limit: by far the commonest, and so without CEL. */
  record Compare(Input.Limit limit, Slot.Single slot) implements Condition {
    @Override
    public Truth test(Memory memory) {
      return limit.test(slot.in(memory));
    }

    @Override
    public List<Input> inputs() {
      return List.of(new Input(slot, limit));
    }

    @Override
    public long next(Memory memory) {
      return slot.next(memory, limit);
    }
  }
}
