package org.kerbside.rules;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A condition that CEL has checked, as clauses of one asset: its points looked up once, its lists
 * written out. They say what CEL would say, without its boxes. Null stands for what only CEL can
 * say.
 */
final class Clauses {

  private static final String ORDERED = "ordered.";
  private static final Map<String, Term.Reckoning> SUMS =
      Map.of(
          "_+_", Term.Reckoning.PLUS,
          "_-_", Term.Reckoning.LESS,
          "_*_", Term.Reckoning.TIMES,
          "_/_", Term.Reckoning.BY);

  private final Map<String, Name> names;
  private final Map<String, Slot.Member> members = new HashMap<>(); // of the loops that one is in

  private Clauses(Map<String, Name> names) {
    this.names = names;
  }

  static @Nullable Clause of(CelExpr expr, Map<String, Name> names) {
    return new Clauses(names).clause(expr);
  }

  private @Nullable Clause clause(CelExpr expr) {
    return switch (expr.exprKind().getKind()) {
      case IDENT, SELECT -> flag(expr);
      case CALL -> call(expr.call());
      case COMPREHENSION -> loop(expr.comprehension());
      case CONSTANT ->
          expr.constant().getKind() == CelConstant.Kind.BOOLEAN_VALUE
              ? new Clause.Always(Truth.of(expr.constant().booleanValue()))
              : null;
      case LIST, STRUCT, MAP, NOT_SET -> null;
    };
  }

  private @Nullable Clause flag(CelExpr expr) {
    String path = Cel.path(expr);
    if (path != null && path.startsWith(Cel.KNOWN)) {
      var known = names.get(path.substring(Cel.KNOWN.length()));
      return known != null && known.slot() instanceof Slot.Single slot
          ? new Clause.Known(slot)
          : null;
    }
    var slot = slot(expr);
    if (slot == null) {
      return null;
    }
    boolean isAsked =
        expr.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT && expr.select().testOnly();
    return isAsked ? new Clause.Known(slot) : new Clause.Flag(slot);
  }

  private @Nullable Clause call(CelExpr.CelCall call) {
    return switch (call.function()) {
      case "_&&_" -> joined(call.args(), Clause.All::new);
      case "_||_" -> joined(call.args(), Clause.Some::new);
      case "!_" -> not(clause(call.args().getFirst()));
      case "@in" -> in(call.args().getFirst(), call.args().getLast());
      case "_<_" -> held(call, Input.Sign.LESS);
      case "_<=_" -> held(call, Input.Sign.AT_MOST);
      case "_>_" -> held(call, Input.Sign.MORE);
      case "_>=_" -> held(call, Input.Sign.AT_LEAST);
      case "_==_" -> equal(call, Input.Sign.EQUAL);
      case "_!=_" -> equal(call, Input.Sign.OTHER);
      default -> null;
    };
  }

  private @Nullable Clause joined(List<CelExpr> parts, Function<List<Clause>, Clause> how) {
    var clauses = new ArrayList<Clause>();
    for (var part : parts) {
      var clause = clause(part);
      if (clause == null) {
        return null;
      }
      clauses.add(clause);
    }
    return how.apply(clauses);
  }

  private static @Nullable Clause not(@Nullable Clause clause) {
    return clause == null ? null : new Clause.Not(clause);
  }

  private @Nullable Clause in(CelExpr one, CelExpr many) {
    var slot = word(one);
    var words = new HashSet<String>();
    boolean isList = many.exprKind().getKind() == CelExpr.ExprKind.Kind.LIST;
    for (var element : isList ? many.list().elements() : List.<CelExpr>of()) {
      var word = constant(element);
      if (word == null) {
        return null;
      }
      words.add(word);
    }
    return slot == null || !isList ? null : new Clause.Word(slot, words);
  }

  private @Nullable Clause equal(CelExpr.CelCall call, Input.Sign sign) {
    var word = constant(call.args().getLast());
    var slot = word == null ? null : word(call.args().getFirst());
    if (word == null || slot == null) {
      return held(call, sign);
    }
    var clause = new Clause.Word(slot, Set.of(word));
    return sign == Input.Sign.EQUAL ? clause : new Clause.Not(clause);
  }

  private static @Nullable String constant(CelExpr expr) {
    return expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CONSTANT
            && expr.constant().getKind() == CelConstant.Kind.STRING_VALUE
        ? expr.constant().stringValue()
        : null;
  }

  private Slot.@Nullable Single word(CelExpr expr) {
    var slot = slot(expr);
    return slot != null && sort(expr, slot) == Name.Sort.WORD ? slot : null;
  }

  private @Nullable Clause held(CelExpr.CelCall call, Input.Sign sign) {
    var left = term(call.args().getFirst());
    var right = term(call.args().getLast());
    return left == null || right == null ? null : new Clause.Held(left, sign, right);
  }

  private @Nullable Term term(CelExpr expr) {
    return switch (expr.exprKind().getKind()) {
      case CONSTANT ->
          expr.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
              ? new Term.Given(expr.constant().doubleValue())
              : null;
      case IDENT, SELECT -> read(expr);
      case CALL -> reckoned(expr.call());
      case LIST, STRUCT, MAP, COMPREHENSION, NOT_SET -> null;
    };
  }

  private @Nullable Term read(CelExpr expr) {
    String path = Cel.path(expr);
    var name = path == null ? null : names.get(path);
    if (name != null && name.slot() instanceof Slot.Parameter(var number)) {
      return new Term.Given(number);
    }
    var slot = slot(expr);
    return slot != null && sort(expr, slot) == Name.Sort.NUMBER ? new Term.Read(slot) : null;
  }

  private @Nullable Term reckoned(CelExpr.CelCall call) {
    if (call.function().equals("double")) {
      return size(call.args().getFirst());
    }
    if (call.function().equals("-_")) {
      var term = term(call.args().getFirst());
      return term == null ? null : new Term.Sum(Term.Reckoning.TIMES, new Term.Given(-1), term);
    }
    var how = SUMS.get(call.function());
    var left = how == null ? null : term(call.args().getFirst());
    var right = how == null ? null : term(call.args().getLast());
    return how == null || left == null || right == null ? null : new Term.Sum(how, left, right);
  }

  /** The size of a list, or of those in it of which something is so. */
  private @Nullable Term size(CelExpr expr) {
    boolean isSize =
        expr.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
            && expr.call().function().equals("size");
    if (!isSize) {
      return null;
    }
    var of = expr.call().args().getFirst();
    var list = list(of);
    if (list != null) {
      return new Term.Given(list.size());
    }
    boolean isLoop = of.exprKind().getKind() == CelExpr.ExprKind.Kind.COMPREHENSION;
    var filtered = isLoop ? filtered(of.comprehension()) : null;
    return filtered == null ? null : new Term.Count(filtered);
  }

  private @Nullable List<Clause> filtered(CelExpr.CelComprehension loop) {
    var step = loop.loopStep();
    boolean isFilter =
        loop.accuInit().exprKind().getKind() == CelExpr.ExprKind.Kind.LIST
            && step.exprKind().getKind() == CelExpr.ExprKind.Kind.CALL
            && step.call().function().equals("_?_:_")
            && isKept(step.call().args().get(1), loop.iterVar());
    return isFilter ? each(loop, step.call().args().getFirst()) : null;
  }

  /** Whether a filter adds its members as they are; a map adds what it makes of them. */
  private static boolean isKept(CelExpr added, String member) {
    if (added.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL
        || added.call().args().getLast().exprKind().getKind() != CelExpr.ExprKind.Kind.LIST) {
      return false;
    }
    var elements = added.call().args().getLast().list().elements();
    return elements.size() == 1 && member.equals(Cel.path(elements.getFirst()));
  }

  /** {@code all} and {@code exists}. */
  private @Nullable Clause loop(CelExpr.CelComprehension loop) {
    var step = loop.loopStep();
    if (step.exprKind().getKind() != CelExpr.ExprKind.Kind.CALL
        || !loop.accuVar().equals(Cel.path(loop.result()))
        || !loop.accuVar().equals(Cel.path(step.call().args().getFirst()))) {
      return null;
    }
    boolean isAll = step.call().function().equals("_&&_");
    if (!isAll && !step.call().function().equals("_||_")) {
      return null;
    }
    var clauses = each(loop, step.call().args().getLast());
    return clauses == null ? null : isAll ? new Clause.All(clauses) : new Clause.Some(clauses);
  }

  private @Nullable List<Clause> each(CelExpr.CelComprehension loop, CelExpr body) {
    var list = list(loop.iterRange());
    if (list == null) {
      return null;
    }
    var clauses = new ArrayList<Clause>();
    for (var member : list) {
      members.put(loop.iterVar(), member);
      var clause = clause(body);
      members.remove(loop.iterVar());
      if (clause == null) {
        return null;
      }
      clauses.add(clause);
    }
    return clauses;
  }

  private @Nullable List<Slot.Member> list(CelExpr expr) {
    String path = Cel.path(expr);
    var name = path == null ? null : names.get(path);
    return name != null && name.slot() instanceof Slot.Listed(var kind, var list) ? list : null;
  }

  /** What a name means; a member's point that it does not have is never known. */
  private Slot.@Nullable Single slot(CelExpr expr) {
    String path = Cel.path(expr);
    if (path == null) {
      return null;
    }
    var name = names.get(path);
    if (name != null) {
      return name.slot() instanceof Slot.Single slot ? slot : null;
    }
    int dot = path.indexOf('.');
    var member = dot < 0 ? null : members.get(path.substring(0, dot));
    if (member == null) {
      return null;
    }
    String rest = path.substring(dot + 1);
    boolean isOrdered = rest.startsWith(ORDERED);
    var point = member.points().get(isOrdered ? rest.substring(ORDERED.length()) : rest);
    return point == null
        ? new Slot.Absent()
        : isOrdered ? new Slot.Commanded(point) : new Slot.Observed(point);
  }

  /** What stands behind a name; of what is absent whatever is asked. */
  private Name.Sort sort(CelExpr expr, Slot.Single slot) {
    String path = Cel.path(expr);
    var name = path == null ? null : names.get(path);
    if (name != null && name.sort() != Name.Sort.ANY) {
      return name.sort();
    }
    return slot instanceof Slot.OfPoint one ? Name.of(one.source()).sort() : Name.Sort.NUMBER;
  }
}
