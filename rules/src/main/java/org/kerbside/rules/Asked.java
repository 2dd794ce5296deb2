package org.kerbside.rules;

import dev.cel.common.values.SelectableValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelUnknownSet;
import dev.cel.runtime.CelVariableResolver;
import dev.cel.runtime.Program;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.kerbside.gateway.model.Value;

/**
 * A condition that CEL evaluates, because we do not weigh what it asks. An unknown operand is CEL's
 * unknown, which && and || absorb.
 */
record Asked(Program program, Map<String, Slot> slots, List<Input> inputs, List<Input> timed)
    implements Condition {

  private static final CelUnknownSet UNKNOWN = CelUnknownSet.create(0L);
  private static final Optional<Object> NOT_HEARD = Optional.of(UNKNOWN);
  private static final Optional<Object> TRUE = Optional.of(true);
  private static final Optional<Object> FALSE = Optional.of(false);

  Asked {
    slots = Map.copyOf(slots);
    inputs = List.copyOf(inputs);
    timed = List.copyOf(timed);
  }

  Asked(Program program, Map<String, Slot> slots, List<Input> inputs) {
    this(program, slots, inputs, Condition.timed(inputs));
  }

  @Override
  public long next(Memory memory) {
    return Condition.next(timed, memory);
  }

  @Override
  public Truth test(Memory memory) {
    try {
      return program.eval(new Sight(slots, memory)) instanceof Boolean known
          ? Truth.of(known)
          : Truth.UNKNOWN;
    } catch (CelEvaluationException unknown) {
      // A list's member is asked by CEL itself, and its unknown point comes back as an error.
      return Truth.UNKNOWN;
    }
  }

  private record Sight(Map<String, Slot> slots, Memory memory) implements CelVariableResolver {
    @Override
    public Optional<Object> find(String name) {
      var slot = slots.get(name);
      return slot == null ? Optional.empty() : value(slot);
    }

    private Optional<Object> value(Slot slot) {
      return switch (slot) {
        case Slot.Single single -> told(single.in(memory));
        case Slot.Parameter(var number) -> Optional.of(number);
        case Slot.Known(var of) -> of.in(memory) == null ? FALSE : TRUE;
        case Slot.Listed(var kind, var members) -> Optional.of(list(members));
      };
    }

    private List<Seen> list(List<Slot.Member> members) {
      return members.stream().map(member -> new Seen(member, memory)).toList();
    }
  }

  private static Optional<Object> told(@Nullable Value value) {
    return switch (value) {
      case null -> NOT_HEARD;
      case Value.Num(var number) -> Optional.of(number);
      case Value.Flag(var flag) -> flag ? TRUE : FALSE;
      case Value.State(var word) -> Optional.of(word);
    };
  }

  /** A member of a list: its points, and under {@code ordered} what the desk ordered. */
  private record Seen(Slot.Member member, Memory memory) implements SelectableValue<String> {
    @Override
    public Object select(String field) {
      return find(field).orElse(UNKNOWN);
    }

    @Override
    public Optional<Object> find(String field) {
      if (field.equals("ordered")) {
        return Optional.of(new SeenOrders(member, memory));
      }
      var point = member.points().get(field);
      var value = point == null ? null : memory.points().observed(point);
      return value == null ? Optional.empty() : told(value);
    }
  }

  private record SeenOrders(Slot.Member member, Memory memory) implements SelectableValue<String> {
    @Override
    public Object select(String field) {
      return find(field).orElse(UNKNOWN);
    }

    @Override
    public Optional<Object> find(String field) {
      var point = member.points().get(field);
      var value = point == null ? null : memory.points().ordered(point);
      return value == null ? Optional.empty() : told(value);
    }
  }
}
