package org.kerbside.rules;

import java.util.List;
import java.util.Set;
import org.kerbside.gateway.model.Value;

/** A part of a condition. What is unknown makes it unknown, unless the rest decides. */
sealed interface Clause {

  Truth test(Memory memory);

  /** All of them; nothing is as good as all. */
  record All(List<Clause> clauses) implements Clause {
    public All {
      clauses = List.copyOf(clauses);
    }

    @Override
    public Truth test(Memory memory) {
      var truth = Truth.TRUE;
      for (int i = 0; i < clauses.size() && truth != Truth.FALSE; i++) {
        var one = clauses.get(i).test(memory);
        truth = one == Truth.TRUE ? truth : one;
      }
      return truth;
    }
  }

  /** One of them at least. */
  record Some(List<Clause> clauses) implements Clause {
    public Some {
      clauses = List.copyOf(clauses);
    }

    @Override
    public Truth test(Memory memory) {
      var truth = Truth.FALSE;
      for (int i = 0; i < clauses.size() && truth != Truth.TRUE; i++) {
        var one = clauses.get(i).test(memory);
        truth = one == Truth.FALSE ? truth : one;
      }
      return truth;
    }
  }

  /** The other way round. */
  record Not(Clause other) implements Clause {
    @Override
    public Truth test(Memory memory) {
      return other.test(memory).not();
    }
  }

  /** It is so whatever happens. */
  record Always(Truth truth) implements Clause {
    @Override
    public Truth test(Memory memory) {
      return truth;
    }
  }

  /** A flag. */
  record Flag(Slot.Single slot) implements Clause {
    @Override
    public Truth test(Memory memory) {
      return slot.in(memory) instanceof Value.Flag(var flag) ? Truth.of(flag) : Truth.UNKNOWN;
    }
  }

  /** Whether it is known. */
  record Known(Slot.Single slot) implements Clause {
    @Override
    public Truth test(Memory memory) {
      return Truth.of(slot.isKnown(memory));
    }
  }

  /** A word that is one of these. */
  record Word(Slot.Single slot, Set<String> words) implements Clause {
    public Word {
      words = Set.copyOf(words);
    }

    @Override
    public Truth test(Memory memory) {
      return slot.in(memory) instanceof Value.State(var word)
          ? Truth.of(words.contains(word))
          : Truth.UNKNOWN;
    }
  }

  /** Two numbers held against each other. */
  record Held(Term left, Input.Sign sign, Term right) implements Clause {
    @Override
    public Truth test(Memory memory) {
      double one = left.at(memory);
      double other = right.at(memory);
      return Double.isNaN(one) || Double.isNaN(other)
          ? Truth.UNKNOWN
          : Truth.of(sign.holds(one, other));
    }
  }
}
