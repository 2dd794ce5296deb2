package org.kerbside.rules;

import java.util.List;

/** What a number of a condition comes to; NaN where that is not known. */
sealed interface Term {

  double at(Memory memory);

  /** A number, or a parameter. */
  record Given(double number) implements Term {
    @Override
    public double at(Memory memory) {
      return number;
    }
  }

  /** What a point holds, or what follows from it. */
  record Read(Slot.Single slot) implements Term {
    @Override
    public double at(Memory memory) {
      return slot.number(memory);
    }
  }

  /** Two of them, reckoned together. */
  record Sum(Reckoning how, Term left, Term right) implements Term {
    @Override
    public double at(Memory memory) {
      return how.of(left.at(memory), right.at(memory));
    }
  }

  /** How many of these are so; not known while one of them is not. */
  record Count(List<Clause> clauses) implements Term {
    public Count {
      clauses = List.copyOf(clauses);
    }

    @Override
    public double at(Memory memory) {
      int count = 0;
      for (int i = 0; i < clauses.size(); i++) {
        var truth = clauses.get(i).test(memory);
        if (truth == Truth.UNKNOWN) {
          return Double.NaN;
        }
        count += truth == Truth.TRUE ? 1 : 0;
      }
      return count;
    }
  }

  /** What can be done with two numbers. */
  enum Reckoning {
    PLUS,
    LESS,
    TIMES,
    BY;

    double of(double left, double right) {
      return switch (this) {
        case PLUS -> left + right;
        case LESS -> left - right;
        case TIMES -> left * right;
        case BY -> left / right;
      };
    }
  }
}
