package org.kerbside.rules;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.gateway.model.Unit;

/** A walk over a checked condition: are its units right, and which points does it look at. */
final class Sighting {

  private static final Map<String, Input.Sign> SIGNS =
      Map.of(
          "_<_", Input.Sign.LESS,
          "_<=_", Input.Sign.AT_MOST,
          "_>_", Input.Sign.MORE,
          "_>=_", Input.Sign.AT_LEAST,
          "_==_", Input.Sign.EQUAL,
          "_!=_", Input.Sign.OTHER);
  private static final Set<String> SUMS = Set.of("_+_", "_-_");

  private final Expression expression;
  private final CelAbstractSyntaxTree ast;
  private final Map<String, Name> names;
  private final Mistakes mistakes;
  private final Map<String, Slot.Listed> loops = new HashMap<>();
  private final Map<Long, CelExpr> bare = new LinkedHashMap<>(); // names held against no number
  private final LinkedHashSet<Input> inputs = new LinkedHashSet<>();

  Sighting(
      Expression expression,
      CelAbstractSyntaxTree ast,
      Map<String, Name> names,
      Mistakes mistakes) {
    this.expression = expression;
    this.ast = ast;
    this.names = names;
    this.mistakes = mistakes;
    walk(ast.getExpr());
    bare.values().forEach(this::refuseEndless);
  }

  /** What changes all the time has a time at which it passes a limit, and else would be polled. */
  private void refuseEndless(CelExpr expr) {
    var name = name(expr);
    if (name != null && name.slot() instanceof Slot.Timed slot && slot.needsLimit()) {
      var token = token(expr);
      mistakes.add(
          expression.mark(token),
          "E403",
          "'%s' changes all the time".formatted(token.text()),
          "hold it against a number or a parameter, as %s > %s"
              .formatted(token.text(), slot instanceof Slot.Age ? "3h" : "5deg"));
    }
  }

  List<Input> inputs() {
    return List.copyOf(inputs);
  }

  /** The unit of what an expression gives; null where any fits. */
  private @Nullable Unit walk(CelExpr expr) {
    return switch (expr.exprKind().getKind()) {
      case IDENT, SELECT -> named(expr);
      case CONSTANT -> token(expr).unit();
      case CALL -> call(expr.call().function(), operands(expr.call()));
      case LIST -> all(expr.list().elements());
      case COMPREHENSION -> comprehension(expr.comprehension());
      case STRUCT, MAP, NOT_SET -> null;
    };
  }

  private static List<CelExpr> operands(CelExpr.CelCall call) {
    var operands = new ArrayList<CelExpr>();
    call.target().ifPresent(operands::add);
    operands.addAll(call.args());
    return operands;
  }

  private @Nullable Unit call(String function, List<CelExpr> operands) {
    var sign = SIGNS.get(function);
    if (sign != null || SUMS.contains(function)) {
      Unit left = walk(operands.getFirst());
      Unit right = walk(operands.getLast());
      Units.check(expression, token(operands.getLast()), right, left, mistakes);
      refuseKelvin(operands.getFirst(), operands.getLast());
      refuseKelvin(operands.getLast(), operands.getFirst());
      if (sign == null) {
        return left == null ? right : left;
      }
      limits(operands.getFirst(), sign, operands.getLast());
      limits(operands.getLast(), sign.mirrored(), operands.getFirst());
      return null;
    }
    Unit first = all(operands);
    return function.equals("-_") ? first : null;
  }

  private void refuseKelvin(CelExpr side, CelExpr other) {
    if (isDifference(side)) {
      Units.checkDifference(expression, token(other), mistakes);
    }
  }

  private boolean isDifference(CelExpr expr) {
    var name = name(expr);
    return name == null
        ? expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
            && expr.call().function().equals("_-_")
        : name.isDifference();
  }

  /** The unit of the first; the others are looked at too. */
  private @Nullable Unit all(List<CelExpr> exprs) {
    Unit first = null;
    for (int i = 0; i < exprs.size(); i++) {
      Unit unit = walk(exprs.get(i));
      first = i == 0 ? unit : first;
    }
    return first;
  }

  private @Nullable Unit comprehension(CelExpr.CelComprehension loop) {
    var range = name(loop.iterRange());
    if (range != null && range.slot() instanceof Slot.Listed listed) {
      loops.put(loop.iterVar(), listed);
    }
    walk(loop.iterRange());
    walk(loop.loopCondition());
    walk(loop.loopStep());
    walk(loop.result());
    return null;
  }

  private @Nullable Unit named(CelExpr expr) {
    var name = name(expr);
    if (name != null) {
      if (name.slot() instanceof Slot.Single slot) {
        inputs.add(new Input(slot, null));
        bare.put(expr.id(), expr);
        if (slot instanceof Slot.Windowed window
            && window.length() instanceof Length.Open(var all)) {
          all.forEach(valve -> inputs.add(new Input(new Slot.Observed(valve), null)));
        }
      }
      return name.unit();
    }
    var slots = memberSlots(expr);
    slots.forEach(slot -> inputs.add(new Input(slot, null)));
    if (expr.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT && slots.isEmpty()) {
      walk(expr.select().operand());
    }
    return slots.isEmpty() ? null : Name.of(slots.getFirst()).unit();
  }

  private @Nullable Name name(CelExpr expr) {
    String path = Cel.path(expr);
    if (path == null) {
      return null;
    }
    // has(p) looks at p as well, though it has no unit.
    if (path.startsWith(Cel.KNOWN)) {
      var known = names.get(path.substring(Cel.KNOWN.length()));
      return known == null ? null : new Name(Name.Sort.FLAG, null, known.slot());
    }
    return names.get(path);
  }

  /** The points that {@code z.valve} or {@code z.ordered.valve} means: one a member. */
  private List<Slot.Source> memberSlots(CelExpr expr) {
    String path = Cel.path(expr);
    int dot = path == null ? -1 : path.indexOf('.');
    var children = path == null || dot < 0 ? null : loops.get(path.substring(0, dot));
    if (path == null || children == null) {
      return List.of();
    }
    String last = path.substring(path.lastIndexOf('.') + 1);
    boolean isOrdered = path.startsWith("ordered.", dot + 1);
    var slots = new ArrayList<Slot.Source>();
    for (var member : children.members()) {
      var point = member.points().get(last);
      if (point != null) {
        slots.add(isOrdered ? new Slot.Commanded(point) : new Slot.Observed(point));
      }
    }
    return slots;
  }

  private void limits(CelExpr side, Input.Sign sign, CelExpr other) {
    Double limit = constant(other);
    if (limit == null) {
      return;
    }
    var name = name(side);
    List<? extends Slot.Single> slots =
        name != null && name.slot() instanceof Slot.Single slot ? List.of(slot) : memberSlots(side);
    bare.remove(side.id());
    for (var slot : slots) {
      inputs.remove(new Input(slot, null));
      inputs.add(new Input(slot, new Input.Limit(sign, limit)));
    }
  }

  private @Nullable Double constant(CelExpr expr) {
    if (expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT) {
      return expr.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
          ? expr.constant().doubleValue()
          : null;
    }
    var name = name(expr);
    return name != null && name.slot() instanceof Slot.Parameter(var number) ? number : null;
  }

  private Expression.Token token(CelExpr expr) {
    int at = ast.getSource().getPositionsMap().getOrDefault(expr.id(), 0);
    var token = expression.tokenAt(at);
    int next = expression.tokens().indexOf(token) + 1;
    // CEL folds a sign into its number.
    return token.is("-") && next < expression.tokens().size()
        ? expression.tokens().get(next)
        : token;
  }
}
