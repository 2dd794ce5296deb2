package org.kerbside.rules;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.config.Text;
import org.kerbside.gateway.model.Unit;
import org.kerbside.rules.Expression.Sort;
import org.kerbside.rules.Expression.Token;

/**
 * Conditions from their text. Names and units are judged here, word by word; types and syntax by
 * CEL, which is made only when an expression is more than one comparison. Belongs to the thread
 * that reads the configuration.
 */
final class Conditions {

  private static final Set<String> FUNCTIONS =
      Set.of(
          "all",
          "exists",
          "exists_one",
          "filter",
          "map",
          "has",
          "size",
          "double",
          "string",
          "startsWith",
          "endsWith",
          "contains",
          "matches");
  private static final Set<String> RESERVED = Set.of("true", "false", "in", "null");

  private final Mistakes mistakes;
  private final Calls calls;
  private @Nullable Cel cel;

  Conditions(Span.Table spans, Mistakes mistakes) {
    this.calls = new Calls(spans, mistakes);
    this.mistakes = mistakes;
  }

  /** Null, and mistakes, when it is none on this asset. */
  @Nullable Condition read(Text text, Scope scope) {
    var expression = Expression.read(text, mistakes);
    if (expression == null) {
      return null;
    }
    var names = names(expression, scope);
    if (names == null) {
      return null;
    }
    var plain = plain(expression, names);
    return plain != null ? plain : cel().read(expression, names, scope.ground(), mistakes);
  }

  /** The same, evaluated by CEL alone: what ours is held against. */
  @Nullable Condition ask(Text text, Scope scope) {
    var expression = Expression.read(text, mistakes);
    var names = expression == null ? null : names(expression, scope);
    return expression == null || names == null
        ? null
        : cel().ask(expression, names, scope.ground(), mistakes);
  }

  /** Whether anything was read for which it was made. */
  boolean isCelMade() {
    return cel != null;
  }

  private Cel cel() {
    if (cel == null) {
      cel = new Cel();
    }
    return cel;
  }

  /** One flag or one comparison of a point with a number: most rules of most sites. */
  private @Nullable Condition plain(Expression expression, Map<String, Name> names) {
    var tokens = expression.tokens();
    if (tokens.size() == 2 && tokens.getFirst().is("!")) {
      var flag = flag(tokens.getLast(), names);
      return flag == null ? null : new Condition.Not(flag);
    }
    if (tokens.size() == 1) {
      return flag(tokens.getFirst(), names);
    }
    return tokens.size() == 3 ? comparison(expression, names) : null;
  }

  private static @Nullable Condition flag(Token token, Map<String, Name> names) {
    var name = token.sort() == Sort.NAME ? names.get(token.name()) : null;
    return name != null && name.sort() == Name.Sort.FLAG && name.slot() instanceof Slot.Single slot
        ? weighed(new Clause.Flag(slot), new Input(slot, null))
        : null;
  }

  private @Nullable Condition comparison(Expression expression, Map<String, Name> names) {
    var tokens = expression.tokens();
    var left = tokens.getFirst().sort() == Sort.NAME ? names.get(tokens.getFirst().name()) : null;
    var sign = Input.Sign.of(tokens.get(1).text());
    if (left == null
        || left.sort() != Name.Sort.NUMBER
        || sign == null
        || !(left.slot() instanceof Slot.Single slot)) {
      return null;
    }
    var right = tokens.getLast();
    var parameter = right.sort() == Sort.NAME ? names.get(right.text()) : null;
    boolean isNumber = right.sort() == Sort.NUMBER;
    if (!isNumber && !(parameter != null && parameter.slot() instanceof Slot.Parameter)) {
      return null;
    }
    Unit unit = isNumber || parameter == null ? right.unit() : parameter.unit();
    double number =
        !isNumber && parameter != null && parameter.slot() instanceof Slot.Parameter(var given)
            ? given
            : right.number();
    Units.check(expression, right, unit, left.unit(), mistakes);
    if (left.isDifference()) {
      Units.checkDifference(expression, right, mistakes);
    }
    return weighed(
        new Clause.Held(new Term.Read(slot), sign, new Term.Given(number)),
        new Input(slot, new Input.Limit(sign, number)));
  }

  private static Condition weighed(Clause clause, Input input) {
    return new Condition.Weighed(clause, List.of(input));
  }

  /** Every name of the asset that is used, by what is written; null when one is unknown. */
  private @Nullable Map<String, Name> names(Expression expression, Scope scope) {
    var tokens = expression.tokens();
    var names = new LinkedHashMap<String, Name>();
    var members = new HashMap<String, String>();
    boolean sound = true;
    for (int i = 0; i < tokens.size(); i++) {
      var token = tokens.get(i);
      if (token.sort() != Sort.NAME || RESERVED.contains(token.text())) {
        continue;
      }
      if (token.call() != null) {
        sound &= isAnswered(expression, token, new Known(scope, names, members));
        continue;
      }
      boolean called = i + 1 < tokens.size() && tokens.get(i + 1).is("(");
      int cut = token.text().lastIndexOf('.');
      String function = called ? token.text().substring(cut + 1) : "";
      String subject = !called ? token.text() : cut < 0 ? "" : token.text().substring(0, cut);
      if (called && Calls.isOurs(function)) {
        calls.refuse(expression, token);
        return null;
      }
      if (called) {
        sound &= isFunction(expression, token, function);
      }
      if (!subject.isEmpty()) {
        sound &= isKnown(expression, token, subject, new Known(scope, names, members));
      }
      if (called
          && (Scope.isList(subject) || isList(names.get(subject)))
          && i + 2 < tokens.size()) {
        members.put(tokens.get(i + 2).text(), kindOf(names.get(subject)));
      }
    }
    return sound ? names : null;
  }

  private boolean isAnswered(Expression expression, Token token, Known known) {
    var call = token.call();
    var member = call == null ? null : call.member(known.members().keySet());
    if (member != null) {
      mistakes.add(
          expression.mark(member),
          "E403",
          "'%s' is of a list, and only a point of the asset has windows".formatted(member.text()),
          "write a rule for that kind");
      return false;
    }
    var name = calls.name(expression, token, known.scope());
    if (name != null) {
      known.names().put(token.name(), name);
    }
    return name != null;
  }

  private static boolean isList(@Nullable Name name) {
    return name != null && name.sort() == Name.Sort.LIST;
  }

  private static String kindOf(@Nullable Name list) {
    return list != null && list.slot() instanceof Slot.Listed(var kind, var members) ? kind : "";
  }

  /** What is known at one place of a condition: the asset's names and the members of its lists. */
  private record Known(Scope scope, Map<String, Name> names, Map<String, String> members) {}

  private static List<String> functions() {
    return Stream.concat(FUNCTIONS.stream(), Calls.functions().stream())
        .distinct()
        .sorted()
        .toList();
  }

  private boolean isFunction(Expression expression, Token token, String function) {
    if (FUNCTIONS.contains(function)) {
      return true;
    }
    int before = token.length() - function.codePointCount(0, function.length());
    mistakes.add(
        expression.mark(token.offset() + before, token.length() - before),
        "E403",
        "no function is called '%s'".formatted(function),
        Nearest.help(function, functions()));
    return false;
  }

  private boolean isKnown(Expression expression, Token token, String subject, Known known) {
    int dot = subject.indexOf('.');
    String head = dot < 0 ? subject : subject.substring(0, dot);
    String kind = known.members().get(head);
    if (kind != null) {
      return isMember(expression, token, subject, kind, known.scope().ground());
    }
    var name = known.scope().find(subject);
    if (name != null) {
      known.names().put(subject, name);
      return true;
    }
    mistakes.add(
        expression.mark(token.offset(), subject.codePointCount(0, subject.length())),
        "E404",
        "'%s' is no point or parameter of %s".formatted(subject, known.scope().asset().id()),
        known.scope().help(subject));
    return false;
  }

  private boolean isMember(
      Expression expression, Token token, String subject, String kind, Ground ground) {
    int cut = subject.lastIndexOf('.');
    var specs = ground.specs(kind);
    if (cut < 0 || specs.isEmpty() || specs.containsKey(subject.substring(cut + 1))) {
      return true;
    }
    String written = subject.substring(cut + 1);
    mistakes.add(
        expression.mark(token.offset() + cut + 1, written.codePointCount(0, written.length())),
        "E404",
        "'%s' is no point of kind '%s'".formatted(written, kind),
        Nearest.help(written, List.copyOf(specs.keySet())));
    return false;
  }
}
