package org.kerbside.rules;

import java.time.LocalTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.kerbside.config.Mistakes;
import org.kerbside.config.Nearest;
import org.kerbside.gateway.model.Point;
import org.kerbside.gateway.model.PointType;
import org.kerbside.gateway.model.Unit;
import org.kerbside.rules.Expression.Sort;
import org.kerbside.rules.Expression.Token;

/** The calls that are answered here and not by CEL: windows and ages. */
final class Calls {

  private static final String AGE = "age";
  private static final String LOCAL = "local";
  private static final String DID = "did";
  private static final String FIGURE = "figure";
  private static final String DOUBT = "doubt";
  private static final String LEARNED = "learned";
  private static final Set<String> ANSWERED = Set.of(AGE, LOCAL, DID, FIGURE, DOUBT, LEARNED);
  private static final Pattern TIME = Pattern.compile("'([01]\\d|2[0-3]):[0-5]\\d'");

  private final Span.Table spans;
  private final Mistakes mistakes;
  private final Lengths lengths;

  Calls(Span.Table spans, Mistakes mistakes) {
    this.spans = spans;
    this.mistakes = mistakes;
    this.lengths = new Lengths(mistakes);
  }

  static boolean isOurs(String function) {
    return ANSWERED.contains(function) || Measure.of(function) != null;
  }

  static List<String> functions() {
    var functions = new ArrayList<>(ANSWERED);
    for (var measure : Measure.values()) {
      functions.add(measure.word());
    }
    return functions;
  }

  /** What a call means on an asset; null, and a mistake, when it means nothing. */
  @Nullable Name name(Expression expression, Token token, Scope scope) {
    var call = token.call();
    if (call == null) {
      return null;
    }
    var measure = Measure.of(call.function().text());
    if (measure != null) {
      return window(expression, token, call, measure, scope);
    }
    return switch (call.function().text()) {
      case AGE, DOUBT -> ofPoint(expression, token, call, scope);
      case DID -> did(expression, token, call, scope);
      case FIGURE -> figure(expression, token, call);
      case LEARNED -> window(expression, token, call, Measure.MEAN, scope);
      default -> local(expression, token, call);
    };
  }

  /** A call whose arguments are more than single words. */
  void refuse(Expression expression, Token function) {
    refuse(expression, function, function.text());
  }

  private @Nullable Name ofPoint(
      Expression expression, Token token, Expression.Call call, Scope scope) {
    if (call.arguments().size() != 1 || call.arguments().getFirst().sort() != Sort.NAME) {
      return refuse(expression, token, call.function().text());
    }
    var absent = absent(call, scope);
    if (absent != null) {
      return absent;
    }
    var source = source(expression, call.arguments().getFirst(), scope);
    if (source == null) {
      return null;
    }
    return call.function().text().equals(AGE)
        ? new Name(Name.Sort.NUMBER, Unit.SECOND, new Slot.Age(source))
        : new Name(Name.Sort.WORD, null, new Slot.Doubt(source));
  }

  private @Nullable Name local(Expression expression, Token token, Expression.Call call) {
    var time = call.arguments().isEmpty() ? token : call.arguments().getFirst();
    if (call.arguments().size() != 1 || !TIME.matcher(time.text()).matches()) {
      mistakes.add(
          expression.mark(time),
          "E403",
          "%s is no time of the day".formatted(time.text()),
          "write local('22:30'): from then on, until midnight");
      return null;
    }
    var after = new Civil.After(LocalTime.parse(time.text().substring(1, 6)));
    return new Name(Name.Sort.FLAG, null, new Slot.Asks(after));
  }

  private @Nullable Name did(
      Expression expression, Token token, Expression.Call call, Scope scope) {
    if (call.arguments().size() != 2 || call.arguments().getFirst().sort() != Sort.QUOTED) {
      return refuse(expression, token, DID);
    }
    var deed = lengths.deed(expression, call.arguments().getFirst(), inner(call, 0), scope);
    var length = lengths.sayable(expression, call.arguments().getLast(), scope);
    return deed == null || length == null
        ? null
        : new Name(Name.Sort.FLAG, null, new Slot.Did(deed.of(scope.asset()), length));
  }

  private @Nullable Name figure(Expression expression, Token token, Expression.Call call) {
    if (call.arguments().size() != 1 || call.arguments().getFirst().sort() != Sort.QUOTED) {
      return refuse(expression, token, FIGURE);
    }
    var word = inner(call, 0);
    var known = Packs.names(KpiReader.KEY);
    if (!known.contains(word)) {
      mistakes.add(
          expression.mark(call.arguments().getFirst()),
          "E404",
          "no figure is called '%s'".formatted(word),
          Nearest.help(word, known));
      return null;
    }
    return new Name(Name.Sort.NUMBER, Unit.RATIO, new Slot.Figure(word));
  }

  /** What stands between the quotes of an argument. */
  private static String inner(Expression.Call call, int argument) {
    var text = call.arguments().get(argument).text();
    return text.substring(1, text.length() - 1);
  }

  private @Nullable Name window(
      Expression expression, Token token, Expression.Call call, Measure measure, Scope scope) {
    if (call.arguments().size() != 2 || call.arguments().getFirst().sort() != Sort.NAME) {
      return refuse(expression, token, call.function().text());
    }
    var absent = absent(call, scope);
    if (absent != null) {
      return absent;
    }
    var source = source(expression, call.arguments().getFirst(), scope);
    var length =
        call.function().text().equals(LEARNED)
            ? lengths.valves(expression, call.arguments().getLast(), scope)
            : lengths.read(expression, call.arguments().getLast(), scope);
    if (source == null || length == null) {
      return null;
    }
    var point = source.point();
    var fitting = fitting(measure, point.spec().type());
    if (fitting == null) {
      return refuseType(expression, call, point);
    }
    if (!lengths.isOver(expression, call, fitting, length)) {
      return null;
    }
    int number = spans.number(new Span(source, length));
    return new Name(
        Name.Sort.NUMBER, unit(fitting, point), new Slot.Windowed(fitting, source, length, number));
  }

  private static @Nullable Unit unit(Measure measure, Point point) {
    return switch (measure) {
      case MEAN -> point.spec().type() == PointType.FLAG ? Unit.RATIO : point.unit();
      case MIN, MAX, CHANGE, VOLUME -> point.unit();
      case RATE, FLOW -> point.unit().perSecond();
      case TRANSITIONS -> null;
    };
  }

  private static @Nullable Measure fitting(Measure measure, PointType type) {
    return switch (type) {
      case NUM ->
          switch (measure) {
            case MEAN, MIN, MAX, CHANGE, RATE -> measure;
            case FLOW, TRANSITIONS, VOLUME -> null;
          };
      case COUNTER ->
          switch (measure) {
            case RATE, FLOW -> Measure.FLOW;
            case CHANGE, VOLUME -> Measure.VOLUME;
            case MEAN, MIN, MAX, TRANSITIONS -> null;
          };
      case FLAG -> measure == Measure.MEAN || measure == Measure.TRANSITIONS ? measure : null;
      case STATE -> measure == Measure.TRANSITIONS ? measure : null;
    };
  }

  /** The point's name where it is of an asset that the site does not have. */
  private static @Nullable Name absent(Expression.Call call, Scope scope) {
    var found = scope.find(call.arguments().getFirst().text());
    return found != null && found.slot() instanceof Slot.Absent ? found : null;
  }

  private Slot.@Nullable Source source(Expression expression, Token argument, Scope scope) {
    var found = scope.find(argument.text());
    if (found != null && found.slot() instanceof Slot.Source source) {
      return source;
    }
    mistakes.add(
        expression.mark(argument),
        "E404",
        found == null
            ? "'%s' is no point of %s".formatted(argument.text(), scope.asset().id())
            : "'%s' is no point, and has no past".formatted(argument.text()),
        Nearest.help(argument.text(), scope.points()));
    return null;
  }

  private @Nullable Name refuseType(Expression expression, Expression.Call call, Point point) {
    var type = point.spec().type();
    var fits = new ArrayList<String>();
    for (var measure : Measure.values()) {
      if (fitting(measure, type) != null && !fits.contains(measure.word())) {
        fits.add(measure.word());
      }
    }
    mistakes.add(
        expression.mark(call.function()),
        "E403",
        "'%s' is asked of %s, and %s is %s"
            .formatted(
                call.function().text(), asked(call.function().text()), point.name(), word(type)),
        "of %s it may be %s".formatted(word(type), String.join(", ", fits)));
    return null;
  }

  private static String asked(String function) {
    return switch (function) {
      case "transitions" -> "a flag or a state";
      case "volume" -> "a counter";
      case "mean" -> "a number or a flag";
      case "change", "rate" -> "a number or a counter";
      default -> "a number";
    };
  }

  private static String word(PointType type) {
    return switch (type) {
      case NUM -> "a number";
      case COUNTER -> "a counter";
      case FLAG -> "a flag";
      case STATE -> "a state";
    };
  }

  private @Nullable Name refuse(Expression expression, Token token, String function) {
    var asked =
        switch (function) {
          case AGE, DOUBT -> "one point";
          case DID -> "a word and a length";
          case FIGURE -> "the name of a figure in quotes";
          case LEARNED -> "one point and one of all children of a kind";
          default -> "one point and a length";
        };
    var written =
        switch (function) {
          case AGE, DOUBT -> "%s(fill)".formatted(function);
          case LEARNED -> "learned(flow, children.zone.valve)";
          case DID -> "did('emptied', 'day')";
          case FIGURE -> "figure('lighting-rate')";
          default -> "%s(fill, '10min')".formatted(function);
        };
    mistakes.add(
        expression.mark(token),
        "E403",
        "%s() asks for %s".formatted(function, asked),
        "write %s".formatted(written));
    return null;
  }
}
