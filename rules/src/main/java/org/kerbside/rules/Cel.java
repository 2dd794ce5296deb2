package org.kerbside.rules;

import com.google.common.collect.ImmutableSet;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelTypeProvider;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelMacro;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.Program;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;

/**
 * The one door to CEL: types and syntax are its affair, and what of a condition is not ours to
 * weigh. Every number is a double; {@code has} asks whether a name is known. Costs about 14 MB and
 * a quarter of a second: made when first needed.
 */
final class Cel {

  static final String KNOWN = "@has.";

  private static final CelOptions OPTIONS =
      CelOptions.current().enableHeterogeneousNumericComparisons(true).build();

  private final Map<String, CelCompiler> compilers = new HashMap<>();
  private final Map<String, CelAbstractSyntaxTree> checked = new HashMap<>();
  private final Map<String, Program> programs = new HashMap<>();
  private @Nullable CelRuntime runtime;

  /** Null, and mistakes, when it is no condition. Weighed by us where we can. */
  @Nullable Condition read(
      Expression expression, Map<String, Name> names, Ground ground, Mistakes mistakes) {
    var read = checked(expression, names, ground, mistakes);
    if (read == null) {
      return null;
    }
    var clause = Clauses.of(read.ast().getExpr(), names);
    return clause == null
        ? asked(read, expression, names, mistakes)
        : new Condition.Weighed(clause, read.inputs());
  }

  /** The same, evaluated by CEL alone: what ours is held against. */
  @Nullable Condition ask(
      Expression expression, Map<String, Name> names, Ground ground, Mistakes mistakes) {
    var read = checked(expression, names, ground, mistakes);
    return read == null ? null : asked(read, expression, names, mistakes);
  }

  /** A condition that is none of the wrong ones, and what it looks at. */
  private record Read(CelAbstractSyntaxTree ast, String key, Members types, List<Input> inputs) {}

  private @Nullable Read checked(
      Expression expression, Map<String, Name> names, Ground ground, Mistakes mistakes) {
    var types = new Members(ground);
    String key = signature(names) + expression.cel();
    var ast = checked.get(key);
    if (ast == null) {
      ast = check(expression, names, types, mistakes);
    }
    if (ast == null) {
      return null;
    }
    checked.put(key, ast);
    return new Read(ast, key, types, new Sighting(expression, ast, names, mistakes).inputs());
  }

  private @Nullable CelAbstractSyntaxTree check(
      Expression expression, Map<String, Name> names, Members types, Mistakes mistakes) {
    var compiler = compilers.computeIfAbsent(signature(names), key -> compiler(names, types));
    var result = compiler.compile(expression.cel());
    if (result.hasError()) {
      result.getErrors().forEach(issue -> tell(issue, expression, mistakes));
      return null;
    }
    try {
      return result.getAst();
    } catch (CelValidationException told) {
      refuse(expression, told, mistakes);
      return null;
    }
  }

  /** The same for every asset for which the names have the same types. */
  private @Nullable Condition asked(
      Read read, Expression expression, Map<String, Name> names, Mistakes mistakes) {
    try {
      if (runtime == null) {
        runtime = runtime(read.types());
      }
      var program = programs.get(read.key());
      if (program == null) {
        program = runtime.createProgram(read.ast());
        programs.put(read.key(), program);
      }
      return new Asked(program, slots(names), read.inputs());
    } catch (CelEvaluationException told) {
      refuse(expression, told, mistakes);
      return null;
    }
  }

  private static void refuse(Expression expression, Exception told, Mistakes mistakes) {
    mistakes.add(
        expression.text().mark(),
        "E403",
        "not a condition: %s".formatted(told.getMessage()),
        "write a comparison, as fill >= 95%");
  }

  private static CelRuntime runtime(CelTypeProvider types) {
    return CelRuntimeFactory.plannerRuntimeBuilder()
        .setOptions(OPTIONS)
        .setTypeProvider(types)
        .build();
  }

  private static CelCompiler compiler(Map<String, Name> names, Members types) {
    var builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(
                CelStandardMacro.ALL,
                CelStandardMacro.EXISTS,
                CelStandardMacro.EXISTS_ONE,
                CelStandardMacro.FILTER,
                CelStandardMacro.MAP)
            .addMacros(has(ImmutableSet.copyOf(names.keySet())), size())
            .setTypeProvider(types)
            .setResultType(SimpleType.BOOL);
    names.forEach(
        (text, name) -> {
          builder.addVar(text, types.of(name));
          if (name.slot() instanceof Slot.Single) {
            builder.addVar(KNOWN + text, SimpleType.BOOL);
          }
        });
    return builder.build();
  }

  /** {@code has(fill)} is a name of its own; {@code has(z.valve)} of a list's member is CEL's. */
  private static CelMacro has(ImmutableSet<String> names) {
    return CelMacro.newGlobalMacro(
        "has",
        1,
        (factory, target, arguments) -> {
          var argument = arguments.getFirst();
          String path = path(argument);
          if (path != null && names.contains(path)) {
            return Optional.of(factory.newIdentifier(KNOWN + path));
          }
          return argument.exprKind().getKind() == CelExpr.ExprKind.Kind.SELECT
              ? Optional.of(
                  factory.newSelect(argument.select().operand(), argument.select().field(), true))
              : Optional.of(factory.reportError("has() asks for a point"));
        });
  }

  /** Every number of a condition is a double, the size of a list too. */
  private static CelMacro size() {
    return CelMacro.newReceiverMacro(
        "size",
        0,
        (factory, target, arguments) ->
            Optional.of(factory.newGlobalCall("double", factory.newGlobalCall("size", target))));
  }

  static @Nullable String path(CelExpr expr) {
    return switch (expr.exprKind().getKind()) {
      case IDENT -> expr.ident().name();
      case SELECT -> {
        String operand = path(expr.select().operand());
        yield operand == null ? null : operand + "." + expr.select().field();
      }
      case CONSTANT, CALL, LIST, STRUCT, MAP, COMPREHENSION, NOT_SET -> null;
    };
  }

  private static Map<String, Slot> slots(Map<String, Name> names) {
    var slots = new HashMap<String, Slot>();
    names.forEach(
        (text, name) -> {
          slots.put(text, name.slot());
          if (name.slot() instanceof Slot.Single single) {
            slots.put(KNOWN + text, new Slot.Known(single));
          }
        });
    return slots;
  }

  private static String signature(Map<String, Name> names) {
    return names.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(
            entry ->
                entry.getKey()
                    + ":"
                    + entry.getValue().sort()
                    + (entry.getValue().slot() instanceof Slot.Listed c ? c.kind() : ""))
        .collect(Collectors.joining(" ", "", "\n"));
  }

  private static void tell(CelIssue issue, Expression expression, Mistakes mistakes) {
    var token = expression.tokenAt(Math.max(0, issue.getSourceLocation().getColumn()));
    String said = issue.getMessage();
    boolean isType = said.startsWith("found no matching overload");
    boolean isResult = said.startsWith("expected type 'bool'");
    mistakes.add(
        expression.mark(token),
        "E403",
        isType
            ? "'%s' does not fit %s".formatted(token.text(), words(between(said, "'(", ")'")))
            : isResult
                ? "a condition is true or false, this is %s".formatted(words(last(said)))
                : "not a condition: %s".formatted(first(said)),
        isType
            ? "compare numbers with numbers, words with words"
            : isResult ? "hold it against a limit, as fill >= 95%" : "mend the expression here");
  }

  private static String between(String said, String from, String to) {
    int start = said.indexOf(from);
    int end = said.indexOf(to, start);
    return start < 0 || end < 0 ? said : said.substring(start + from.length(), end);
  }

  private static String last(String said) {
    String[] quoted = said.split("'", -1);
    return quoted.length >= 2 ? quoted[quoted.length - 2] : said;
  }

  private static String first(String said) {
    int expecting = said.indexOf(" expecting ");
    var what = expecting < 0 ? said : said.substring(0, expecting);
    return what.startsWith("mismatched input '<EOF>'")
        ? "it ends too early"
        : what.replace("'<EOF>'", "the end");
  }

  private static String words(String types) {
    return types
        .replace("double", "a number")
        .replace("int", "a number")
        .replace("bool", "a flag")
        .replace("string", "a word")
        .replace(", ", " and ");
  }
}
